import { Component, computed, input } from '@angular/core';

export interface ScorePart {
  label: string;
  points: number;
  of: number;
}

/** A score: the total, then its parts in fixed order. The bar's words carry every part for those who cannot see it. */
@Component({
  selector: 'wm-score-bar',
  template: `
    <span class="sb">
      <b>{{ score() }}</b>
      <span class="sb__t" role="img" [attr.aria-label]="words()">
        @for (part of shown(); track part.label) {
          <i [class]="part.class" [style.width.%]="part.width" [title]="part.words"></i>
        }
      </span>
    </span>
  `,
  styles: `
    @media print {
      i {
        print-color-adjust: exact;
      }
    }
  `,
})
export class ScoreBar {
  readonly score = input.required<number>();
  /** The most points there could be. */
  readonly of = input.required<number>();
  readonly parts = input<readonly ScorePart[]>([]);

  protected readonly shown = computed(() =>
    this.parts()
      .map((part, index) => ({
        label: part.label,
        words: this.partWords(part),
        points: part.points,
        class: `s${(index % 5) + 1}`,
        width: this.of() > 0 ? (100 * part.points) / this.of() : 0,
      }))
      .filter((part) => part.points > 0),
  );

  protected readonly words = computed(() => {
    const score = this.score();
    const of = this.of();
    const total = $localize`${score}:score: of ${of}:most: points`;
    return [total, ...this.parts().map((part) => this.partWords(part))].join('; ');
  });

  private partWords({ label, points, of }: ScorePart): string {
    return $localize`${label}:part:, ${points}:points: of ${of}:most:`;
  }
}
