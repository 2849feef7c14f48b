import { Component, signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { BudgetLine } from './budget-line';
import type { BudgetScale } from './budget-steps';

@Component({
  imports: [BudgetLine],
  template: `<wm-budget-line
    [blocks]="[]"
    [askedPence]="2001200"
    [budgetPence]="budget()"
    [scale]="scale"
    [fixed]="fixed()"
    words="Two in a queue"
    meaning="17 awards"
    (moved)="moved.push($event)"
    (settled)="settled.push($event)"
  />`,
})
class Page {
  readonly budget = signal(1_500_000);
  readonly fixed = signal(false);
  readonly scale: BudgetScale = { least: 1, most: 1_840_012, step: 5000 };
  readonly moved: number[] = [];
  readonly settled: number[] = [];
}

let fixture: ComponentFixture<Page>;
const page = () => fixture.componentInstance;
const plate = () => (fixture.nativeElement as HTMLElement).querySelector<HTMLElement>('[role=slider]');
const value = (name: string) => plate()?.getAttribute(`aria-${name}`);
const press = async (key: string) => {
  plate()?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await fixture.whenStable();
};
/** jsdom knows no PointerEvent; a mouse event with an identifier is as much of one as is read. */
const pointer = async (type: string, clientX: number) => {
  const event = new MouseEvent(type, { clientX, bubbles: true, cancelable: true, button: 0 });
  Object.defineProperty(event, 'pointerId', { value: 1 });
  plate()?.dispatchEvent(event);
  await fixture.whenStable();
};

beforeEach(async () => {
  fixture = TestBed.createComponent(Page);
  await fixture.whenStable();
  const track = (fixture.nativeElement as HTMLElement).querySelector<HTMLElement>('.queue__track');
  if (track) track.getBoundingClientRect = () => ({ left: 100, width: 1000 }) as DOMRect;
  const handle = plate();
  if (handle) handle.setPointerCapture = () => undefined;
});

describe('the budget line', () => {
  it('is a slider that says where it stands, in pence and in words', () => {
    expect(value('valuenow')).toBe('1500000');
    expect(value('valuemin')).toBe('1');
    expect(value('valuemax')).toBe('1840012');
    expect(value('valuetext')).toBe('£15,000.00; 17 awards');
    expect(value('label')).toBe('Budget line');
  });

  it('moves with the keys of a slider, and each move is told once', async () => {
    await press('ArrowRight');
    await press('PageDown');
    expect(value('valuenow')).toBe('1455000');
    await press('End');
    expect(value('valuetext')).toBe('£18,400.12; 17 awards');
    await press('End');
    await press('Home');
    expect(page().settled).toEqual([1_505_000, 1_455_000, 1_840_012, 1]);
    expect(page().moved).toEqual(page().settled);
  });

  it('leaves other keys alone', async () => {
    await press('Tab');
    await press('x');
    expect(page().settled).toEqual([]);
  });

  it('follows the pointer from where it was taken, and settles when it is let go', async () => {
    // The line stands at 749.5 of 1000, and is taken 6 to the left of it.
    await pointer('pointerdown', 843.5);
    await pointer('pointermove', 893.5);
    await pointer('pointermove', 743.5);
    expect(page().settled).toEqual([]);
    await pointer('pointerup', 743.5);
    expect(page().moved).toEqual([1_600_000, 1_300_000]);
    expect(page().settled).toEqual([1_300_000]);
  });

  it('cannot be dragged beyond the pot, nor to nothing', async () => {
    await pointer('pointerdown', 850);
    await pointer('pointermove', 5000);
    expect(value('valuenow')).toBe('1840012');
    await pointer('pointermove', -5000);
    expect(value('valuenow')).toBe('1');
  });

  it('goes back where the system took the pointer away', async () => {
    await pointer('pointerdown', 850);
    await pointer('pointermove', 600);
    await pointer('pointercancel', 600);
    expect(value('valuenow')).toBe('1500000');
    expect(page().settled).toEqual([]);
  });

  it('is a mark and no slider where nobody may change it', async () => {
    page().fixed.set(true);
    await fixture.whenStable();
    expect(plate()).toBeNull();
    expect((fixture.nativeElement as HTMLElement).textContent).toContain('£15,000');
  });
});
