import { Component, ElementRef, computed, input, linkedSignal, output, signal, viewChild } from '@angular/core';
import { poundsOf } from '@waymark/contracts';
import { type BudgetScale, draggedTo, keyedTo } from './budget-steps';
import type { QueueBlock } from './queue-blocks';

/**
 * The queue of applications in rank order, laid end to end by what each asks, against the budget. The yellow plate on the
 * line is a slider: dragged with pointer or finger, or moved with the keys of one. `moved` is told on the way, `settled` at
 * the end of each move. Wherever the line stands is whole pence.
 */
@Component({
  selector: 'wm-budget-line',
  templateUrl: './budget-line.html',
  styleUrl: './budget-line.css',
})
export class BudgetLine {
  readonly blocks = input.required<readonly QueueBlock[]>();
  /** What all together ask: the length of the queue. */
  readonly askedPence = input.required<number>();
  readonly budgetPence = input.required<number>();
  readonly scale = input.required<BudgetScale>();
  /** Where nobody may change it any more it is a mark, and no slider. */
  readonly fixed = input(false);
  /** The queue in a sentence, for those who cannot see it. */
  readonly words = input.required<string>();
  /** What the line means where it stands: how many are funded by it. */
  readonly meaning = input('');
  /** The answer to where the line stands is still on its way: the queue is paler, and no words with it. */
  readonly late = input(false);
  readonly selectedRank = input<number | null>(null);
  readonly moved = output<number>();
  readonly settled = output<number>();

  protected readonly poundsOf = poundsOf;
  protected readonly dragging = signal(false);
  /** Where the line stands on screen: at once, whatever the answer to it takes. */
  protected readonly at = linkedSignal(() => this.budgetPence());
  protected readonly left = computed(() => this.percent(this.at()));
  /** Near the left end the plate would run over the edge: it stands on the other side. */
  protected readonly turned = computed(() => this.left() < 20);
  /** Each with its place. On a phone the last of those that stand clear of both ends stands alone: there is always one. */
  protected readonly ticks = computed(() => {
    const asked = this.askedPence();
    const power = 10 ** Math.floor(Math.log10(Math.max(100, asked / 4)));
    const apart = [5, 2, 1].map((each) => each * power).find((each) => asked / each >= 4) ?? power;
    const last = Math.floor((asked * 0.86) / apart);
    const ticks = Array.from({ length: Math.min(6, last) }, (_, index) => (index + 1) * apart).map((pence) => ({
      pence,
      left: this.percent(pence),
    }));
    const clear = ticks.filter(({ left }) => left >= 20 && left <= 42).at(-1);
    return ticks.map((tick) => ({ ...tick, alone: tick === clear }));
  });
  protected readonly valueText = computed(() => [poundsOf(this.at()), this.meaning()].filter(Boolean).join('; '));

  private readonly track = viewChild.required<ElementRef<HTMLElement>>('track');
  /** Of the line's place and the pointer's when it was taken, so that the line does not jump to the pointer. */
  private grip = 0;
  private before = 0;

  protected percent(pence: number): number {
    return this.askedPence() === 0 ? 0 : Math.min(100, (100 * pence) / this.askedPence());
  }

  protected take(event: PointerEvent): void {
    if (this.fixed() || event.button !== 0) return;
    event.preventDefault();
    const plate = event.currentTarget as HTMLElement;
    plate.focus();
    plate.setPointerCapture(event.pointerId);
    this.before = this.at();
    this.grip = this.penceAt(event) - Math.min(this.at(), this.askedPence());
    this.dragging.set(true);
  }

  protected drag(event: PointerEvent): void {
    if (!this.dragging()) return;
    this.to(draggedTo(this.penceAt(event) - this.grip, this.scale()));
  }

  protected drop(): void {
    if (!this.dragging()) return;
    this.dragging.set(false);
    if (this.at() !== this.before) this.settled.emit(this.at());
  }

  /** The system took the pointer away, as when a call comes in: as if nothing had been dragged. */
  protected lose(): void {
    if (!this.dragging()) return;
    this.dragging.set(false);
    this.to(this.before);
  }

  protected press(event: KeyboardEvent): void {
    if (this.fixed() || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape' && this.dragging()) return this.lose();
    const to = keyedTo(event.key, this.at(), this.scale());
    if (to === null) return;
    event.preventDefault();
    if (to === this.at()) return;
    this.to(to);
    this.settled.emit(to);
  }

  private to(pence: number): void {
    if (pence === this.at()) return;
    this.at.set(pence);
    this.moved.emit(pence);
  }

  private penceAt(event: PointerEvent): number {
    const { left, width } = this.track().nativeElement.getBoundingClientRect();
    return width === 0 ? 0 : ((event.clientX - left) / width) * this.askedPence();
  }
}
