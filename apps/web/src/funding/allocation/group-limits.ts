import { Component, computed, effect, inject, input, linkedSignal, output } from '@angular/core';
import { type GroupLimit, poundsOf, readPounds } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { amountFaultWords } from '../pots/pot-words';
import { AllocationStore } from './allocation-store';

interface Line {
  readonly key: number;
  readonly group: string;
  readonly least: string;
  readonly most: string;
}

const typedOf = (pence: number | null): string => (pence === null ? '' : poundsOf(pence).slice(1));

/** An amount or none; nothing at all is a floor of nothing, and no cap. */
const readSum = (typed: string): { pence: number | null } | { fault: string } => {
  const read = readPounds(typed);
  if ('pence' in read) return { pence: read.pence };
  if (read.fault === 'empty') return { pence: null };
  return read.fault === 'nothing' ? { pence: 0 } : { fault: amountFaultWords[read.fault] };
};

interface Fault {
  readonly group?: string;
  readonly least?: string;
  readonly most?: string;
}

/** What a line that was begun still lacks; one that was only added lacks nothing. */
const missingIn = ({ group, least, most }: Line): Fault => {
  const typed = least.trim() !== '' || most.trim() !== '';
  if (group === '') return typed ? { group: $localize`Choose the unit or grade that it is for.` } : {};
  return typed ? {} : { least: $localize`Say how much at least, or at most.` };
};

let made = 0;

/**
 * Floors and caps on what goes to the people of a unit or a grade. A line is told of once all in it can be read; while one
 * cannot be, `faulty` says so, and nothing is kept that leaves it out.
 */
@Component({
  selector: 'wm-group-limits',
  imports: [Icon],
  template: `
    <fieldset class="stack-2">
      <legend class="lab" i18n>Floors and caps</legend>
      <p class="hint" i18n>
        At least and at most so much to all people of a unit or a grade together. Leave open what has no limit.
      </p>
      @for (line of lines(); track line.key) {
        <div class="line">
          <div class="field of">
            <label [attr.for]="'limit-group-' + line.key" i18n>Unit or grade</label>
            <select
              #group
              class="in"
              [id]="'limit-group-' + line.key"
              [attr.aria-invalid]="faultOf(line).group ? true : null"
              [attr.aria-describedby]="faultOf(line).group ? 'limit-fault-' + line.key : null"
              (change)="change(line, { group: group.value })"
            >
              <option value="" [selected]="line.group === ''" i18n>Choose one</option>
              <optgroup i18n-label label="Units">
                @for (each of units(); track each.id) {
                  <option [value]="'unit ' + each.id" [selected]="line.group === 'unit ' + each.id">
                    {{ each.name }}
                  </option>
                }
              </optgroup>
              <optgroup i18n-label label="Grades">
                @for (each of grades(); track each.id) {
                  <option [value]="'grade ' + each.id" [selected]="line.group === 'grade ' + each.id">
                    {{ each.name }}
                  </option>
                }
              </optgroup>
            </select>
          </div>
          <div class="field">
            <label [attr.for]="'limit-least-' + line.key" i18n>At least</label>
            <span class="money-in"
              ><input
                #least
                class="in num"
                inputmode="decimal"
                autocomplete="off"
                maxlength="40"
                [id]="'limit-least-' + line.key"
                [value]="line.least"
                [attr.aria-invalid]="faultOf(line).least ? true : null"
                [attr.aria-describedby]="faultOf(line).least ? 'limit-fault-' + line.key : null"
                (change)="change(line, { least: least.value })"
            /></span>
          </div>
          <div class="field">
            <label [attr.for]="'limit-most-' + line.key" i18n>At most</label>
            <span class="money-in"
              ><input
                #most
                class="in num"
                inputmode="decimal"
                autocomplete="off"
                maxlength="40"
                [id]="'limit-most-' + line.key"
                [value]="line.most"
                [attr.aria-invalid]="faultOf(line).most ? true : null"
                [attr.aria-describedby]="faultOf(line).most ? 'limit-fault-' + line.key : null"
                (change)="change(line, { most: most.value })"
            /></span>
          </div>
          <button type="button" class="icn" [attr.aria-label]="removeWords(line)" (click)="remove(line)">
            <wm-icon name="close" />
          </button>
          @if (wordsOf(line); as words) {
            <p class="errmsg" [id]="'limit-fault-' + line.key"><wm-icon name="warning" />{{ words }}</p>
          }
        </div>
      }
      @if (lines().length < 40) {
        <p>
          <button type="button" class="btn btn--line btn--sm" (click)="add()">
            <wm-icon name="plus" /><ng-container i18n>Add a limit</ng-container>
          </button>
        </p>
      }
    </fieldset>
  `,
  styles: `
    fieldset {
      border: 0;
      margin: var(--wm-4) 0 0;
      padding: 0;
    }
    .line {
      display: grid;
      grid-template-columns: minmax(0, 260px) 140px 140px auto;
      gap: var(--wm-2) var(--wm-3);
      align-items: end;
    }
    .errmsg {
      grid-column: 1 / -1;
    }
    .money-in {
      display: block;
    }
    @media (max-width: 599px) {
      .line {
        grid-template-columns: 1fr 1fr auto;
        padding-bottom: var(--wm-3);
        border-bottom: 1px solid var(--wm-line);
      }
      .of {
        grid-column: 1 / -1;
      }
    }
  `,
})
export class GroupLimits {
  readonly limits = input.required<readonly GroupLimit[]>();
  /** Somebody wants to keep it: what is missing is said as well. */
  readonly tried = input(false);
  readonly changed = output<readonly GroupLimit[]>();
  readonly faulty = output<boolean>();
  private readonly store = inject(AllocationStore);
  protected readonly units = computed(() => this.store.bench()?.units ?? []);
  protected readonly grades = computed(() => this.store.bench()?.grades ?? []);

  /** As it is typed; made anew for another scenario, and when what is tried is taken back. */
  protected readonly lines = linkedSignal<string, readonly Line[]>({
    source: () => JSON.stringify(this.limits()),
    computation: (limits, previous) =>
      previous && limits === this.told
        ? previous.value
        : (JSON.parse(limits) as GroupLimit[]).map(({ by, groupId, leastPence, mostPence }) => ({
            key: (made += 1),
            group: `${by} ${groupId}`,
            least: typedOf(leastPence),
            most: typedOf(mostPence),
          })),
  });
  private told = '';

  constructor() {
    effect(() =>
      this.faulty.emit(
        this.lines().some((line) => Object.keys({ ...this.faultOf(line), ...missingIn(line) }).length > 0),
      ),
    );
  }

  protected faultOf(line: Line): Fault {
    const [least, most] = [readSum(line.least), readSum(line.most)];
    if (line.group !== '' && this.lines().some(({ key, group }) => key !== line.key && group === line.group))
      return { group: $localize`There is a limit for this one already.` };
    if ('fault' in least) return { least: least.fault };
    if ('fault' in most) return { most: most.fault };
    if (least.pence !== null && most.pence !== null && least.pence > most.pence)
      return { most: $localize`At most is less than at least.` };
    return this.tried() ? missingIn(line) : {};
  }

  protected wordsOf(line: Line): string | undefined {
    const { group, least, most } = this.faultOf(line);
    return group ?? least ?? most;
  }

  protected removeWords(line: Line): string {
    const name = [...this.units(), ...this.grades()].find(({ id }) => line.group.endsWith(id))?.name;
    return name === undefined ? $localize`Remove this limit` : $localize`Remove the limit for ${name}:group:`;
  }

  protected add(): void {
    this.lines.update((lines) => [...lines, { key: (made += 1), group: '', least: '', most: '' }]);
  }

  protected remove(line: Line): void {
    this.lines.update((lines) => lines.filter(({ key }) => key !== line.key));
    this.tell();
  }

  protected change(line: Line, change: Partial<Line>): void {
    this.lines.update((lines) => lines.map((each) => (each.key === line.key ? { ...each, ...change } : each)));
    this.tell();
  }

  private tell(): void {
    const limits = this.lines()
      .filter((line) => line.group !== '' && this.wordsOf(line) === undefined)
      .flatMap((line): GroupLimit[] => {
        const [by, groupId] = line.group.split(' ');
        const [least, most] = [readSum(line.least), readSum(line.most)];
        if (!groupId || 'fault' in least || 'fault' in most) return [];
        if (least.pence === null && most.pence === null) return [];
        return [{ by: by === 'grade' ? 'grade' : 'unit', groupId, leastPence: least.pence, mostPence: most.pence }];
      });
    this.told = JSON.stringify(limits);
    this.changed.emit(limits);
  }
}
