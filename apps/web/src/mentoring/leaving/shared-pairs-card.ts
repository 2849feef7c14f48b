import { httpResource } from '@angular/common/http';
import { Component, computed } from '@angular/core';
import { type SharedPairView, sharedPairs } from '@waymark/contracts';
import { Chip, Person } from '@waymark/ui';
import { kept } from '../../shell/kept';
import { sharedPairStatus } from './shared-pair-words';

/** My pairs with people of another institution; nothing where there is none. */
@Component({
  selector: 'wm-shared-pairs-card',
  imports: [Chip, Person],
  template: `
    @if (pairs().length) {
      <section class="card" aria-labelledby="shared-pairs">
        <h2 id="shared-pairs" class="card__head" i18n>Pairs across institutions</h2>
        <ul class="lines">
          @for (pair of pairs(); track pair.id) {
            <li>
              <wm-person [name]="pair.other.name" [fact]="factOf(pair)" [link]="['/mentoring/shared-pairs', pair.id]" />
              <wm-chip [tone]="status[pair.status].tone">{{ status[pair.status].text }}</wm-chip>
            </li>
          }
        </ul>
      </section>
    }
  `,
  styles: `
    section {
      margin-bottom: var(--wm-5);
    }
  `,
})
export class SharedPairsCard {
  protected readonly status = sharedPairStatus;
  private readonly resource = httpResource(() => '/api/mentoring/shared-pairs', {
    parse: (raw) => sharedPairs.parse(raw),
  });
  private readonly newest = kept(this.resource);
  protected readonly pairs = computed(() => this.newest()?.pairs ?? []);

  protected factOf({ side, other }: SharedPairView): string {
    return side === 'mentor'
      ? $localize`You mentor them, at ${other.institution}:institution:`
      : $localize`Your mentor, at ${other.institution}:institution:`;
  }
}
