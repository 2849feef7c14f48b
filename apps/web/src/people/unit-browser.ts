import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, input, linkedSignal, output } from '@angular/core';
import type { UnitsView } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { figure } from '../shell/words';
import { pathTo, unitNodes, type UnitNode } from './unit-nodes';

/** Units as a tree to choose from; choosing one means those below it too. What stands above the chosen one is open. */
@Component({
  selector: 'wm-unit-browser',
  imports: [Icon, NgTemplateOutlet],
  template: `
    <ul class="units" role="list">
      <li>
        <div class="line">
          <span class="gap"></span>
          <button
            type="button"
            class="unit"
            [attr.aria-current]="chosen() ? null : 'true'"
            (click)="choose.emit(null)"
            i18n
          >
            All units
          </button>
        </div>
      </li>
      <ng-container [ngTemplateOutlet]="lines" [ngTemplateOutletContext]="{ $implicit: nodes() }" />
    </ul>
    <ng-template #lines let-nodes>
      @for (node of $any(nodes); track node.id) {
        <li>
          <div class="line">
            @if (node.below.length) {
              <button
                type="button"
                class="open"
                [attr.aria-expanded]="open().has(node.id)"
                [attr.aria-label]="belowLabel(node)"
                (click)="toggle(node.id)"
              >
                <wm-icon name="chevron" />
              </button>
            } @else {
              <span class="gap"></span>
            }
            <button
              type="button"
              class="unit"
              [attr.aria-current]="chosen() === node.id ? 'true' : null"
              (click)="choose.emit(node.id)"
            >
              <span>{{ node.name }}</span>
              <span class="num quiet" aria-hidden="true">{{ figure(node.people) }}</span>
              <span class="vh" i18n>, {node.people, plural, =1 {1 person} other {{{ node.people }} people}}</span>
            </button>
          </div>
          @if (node.below.length && open().has(node.id)) {
            <ul class="units" role="list">
              <ng-container [ngTemplateOutlet]="lines" [ngTemplateOutletContext]="{ $implicit: node.below }" />
            </ul>
          }
        </li>
      }
    </ng-template>
  `,
  styles: `
    :host {
      display: block;
    }
    .units {
      list-style: none;
      padding: 0;
      margin: 0;
    }
    .units .units {
      padding-left: var(--wm-4);
    }
    .line {
      display: flex;
      align-items: stretch;
      min-width: 0;
    }
    .gap {
      flex: 0 0 32px;
    }
    .open,
    .unit {
      border: 0;
      background: none;
      color: var(--wm-ink);
      font: inherit;
      font-size: var(--wm-text-sm);
      cursor: pointer;
      border-radius: var(--wm-r-3);
      min-height: 36px;
    }
    .open {
      flex: 0 0 32px;
      display: grid;
      place-items: center;
      padding: 0;
      color: var(--wm-ink-2);
    }
    .open[aria-expanded='false'] {
      transform: rotate(-90deg);
    }
    .unit {
      flex: 1;
      min-width: 0;
      display: flex;
      justify-content: space-between;
      align-items: center;
      gap: var(--wm-2);
      padding: 4px 8px;
      text-align: left;
    }
    .unit > span:first-child {
      overflow-wrap: anywhere;
    }
    .open:hover,
    .unit:hover {
      background: var(--wm-sunk);
    }
    .unit[aria-current] {
      background: var(--wm-primary-soft);
      color: var(--wm-on-primary-soft);
      font-weight: var(--wm-medium);
    }
    .unit[aria-current] .quiet {
      color: inherit;
    }
    @media (max-width: 599px) {
      .open,
      .unit {
        min-height: 44px;
      }
    }
  `,
})
export class UnitBrowser {
  readonly units = input.required<UnitsView['units']>();
  readonly chosen = input<string | undefined>();
  readonly choose = output<string | null>();

  protected readonly figure = figure;
  protected readonly nodes = computed(() => unitNodes(this.units()));
  protected readonly open = linkedSignal<{ nodes: UnitNode[]; chosen: string | undefined }, ReadonlySet<string>>({
    source: () => ({ nodes: this.nodes(), chosen: this.chosen() }),
    computation: ({ nodes, chosen }, previous) =>
      new Set([...(previous?.value ?? []), ...(chosen ? pathTo(nodes, chosen).map(({ id }) => id) : [])]),
  });

  protected belowLabel({ name }: UnitNode): string {
    return $localize`Units below ${name}:unit:`;
  }

  protected toggle(id: string): void {
    this.open.update((open) => {
      const next = new Set(open);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }
}
