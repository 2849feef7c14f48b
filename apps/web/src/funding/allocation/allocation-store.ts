import { httpResource } from '@angular/common/http';
import { Injectable, computed, inject, linkedSignal, signal } from '@angular/core';
import {
  type AllocationMethod,
  budgetTrial,
  type BudgetTrial,
  type OverrideLine,
  type ScenarioParameters,
  scenarioRow,
  type ScenarioRow,
  scenarioView,
  workbenchView,
} from '@waymark/contracts';
import { Address } from '../../shell/address';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import { kept } from '../../shell/kept';
import { whileTrue } from '../../shell/while-true';
import { type Making, sameMaking } from './allocation-words';
import { scenarioToShow } from './scenario-to-show';
import { Soon } from './soon';

const pollMs = 700;
/** A dragged line is asked about when it rests so long, and at least so often on the way. */
const restMs = 90;
const atLeastEveryMs = 300;

/**
 * The workbench of one call: what is there, the scenario that is looked at, and what is being tried with it. Trying asks
 * the server and keeps nothing; of several questions the newest answer counts.
 */
@Injectable()
export class AllocationStore {
  private readonly commands = inject(Commands);
  private readonly address = inject(Address);
  readonly callId = signal<string | null>(null);

  readonly resource = httpResource(
    () => (this.callId() ? `/api/funding/calls/${this.callId()}/workbench` : undefined),
    { parse: (raw) => workbenchView.parse(raw) },
  );
  private readonly newest = kept(this.resource);
  readonly bench = computed(() => {
    const bench = this.newest();
    return bench?.call.id === this.callId() ? bench : undefined;
  });
  readonly shown = computed<ScenarioRow | null>(() =>
    scenarioToShow(this.bench()?.scenarios ?? [], this.address.text('scenario')),
  );
  readonly underWay = computed(() =>
    this.bench()?.scenarios.find(({ computing }) => computing === 'waiting' || computing === 'running'),
  );

  private readonly shownDoneId = computed(() => (this.shown()?.computing === 'done' ? this.shown()?.id : undefined));
  readonly viewResource = httpResource(
    () => (this.shownDoneId() ? `/api/funding/scenarios/${this.shownDoneId()}` : undefined),
    { parse: (raw) => scenarioView.parse(raw) },
  );
  private readonly newestView = kept(this.viewResource);
  readonly view = computed(() => {
    const view = this.newestView();
    return view?.id === this.shownDoneId() ? view : undefined;
  });

  /** What the scenario looked at was made with; before the first, what a new one begins with. */
  readonly stood = computed<Making | null>(() => {
    const [bench, shown] = [this.bench(), this.shown()];
    if (shown) return { method: shown.method, parameters: shown.parameters };
    return bench ? { method: 'by-rank', parameters: bench.parameters } : null;
  });
  /** What is being tried: kept while the same scenario is looked at, whatever is read anew. */
  readonly making = linkedSignal<{ id: string; stood: Making | null }, Making | null>({
    source: () => ({ id: this.shown()?.id ?? this.callId() ?? '', stood: this.stood() }),
    computation: ({ id, stood }, previous) => (previous?.source.id === id && previous.value ? previous.value : stood),
    equal: (a, b) => a === b || (a !== null && b !== null && sameMaking(a, b)),
  });
  readonly differs = computed(() => {
    const [making, stood] = [this.making(), this.stood()];
    return making !== null && stood !== null && !sameMaking(making, stood);
  });
  /** Whether what is on screen has to be asked for: it differs from the scenario, or there is none yet. */
  private readonly open = computed(
    () => this.bench()?.may.make === true && (this.bench()?.input.applications ?? 0) > 0,
  );
  readonly trying = computed(() => this.open() && (this.differs() || this.shown() === null));
  /** Limits by group take longer than a drag: they are computed when they are kept. */
  readonly limited = computed(() => {
    const making = this.making();
    return making?.method === 'by-total' && making.parameters.groups.length > 0;
  });
  private readonly asked = new Soon(
    () => (this.trying() && !this.limited() ? this.making() : null),
    restMs,
    atLeastEveryMs,
  );
  readonly trialResource = httpResource(
    () => {
      const making = this.asked.value();
      const callId = this.callId();
      if (!making || !callId) return undefined;
      const against = this.shownDoneId();
      return {
        url: `/api/funding/calls/${callId}/scenarios/preview`,
        method: 'POST',
        body: { ...sent(making), ...(against && { against }) },
      };
    },
    { parse: (raw) => budgetTrial.parse(raw) },
  );
  /** The newest answer, kept while the next is on its way; none once nothing is being tried. */
  readonly trial = linkedSignal<
    { trying: boolean; of: string; value: BudgetTrial | undefined },
    BudgetTrial | undefined
  >({
    source: () => ({
      trying: this.trying() && !this.limited(),
      of: this.shown()?.id ?? '',
      value: this.trialResource.hasValue() ? this.trialResource.value() : undefined,
    }),
    computation: ({ trying, of, value }, previous) => {
      if (!trying) return undefined;
      return value ?? (previous?.source.of === of ? previous.value : undefined);
    },
  });
  /** What is drawn is not yet the answer to what is chosen. */
  readonly waiting = computed(
    () =>
      this.trying() &&
      !this.limited() &&
      (this.trialResource.isLoading() || this.asked.value() !== this.making()) &&
      !this.trialResource.error(),
  );

  readonly totals = computed(() => this.trial()?.totals ?? this.shown()?.totals ?? null);
  readonly queue = computed(() => this.trial()?.queue ?? this.view()?.queue ?? null);
  /** Counts up when lines may have changed, so that tables and panels read again. */
  readonly changed = signal(0);
  /** The first page of lines is there: what stands below and beside it is read only then, so that it does not wait for them. */
  readonly linesThere = signal(false);
  /** What was just done. */
  readonly done = signal('');
  /** The form to return a proposal, and what is typed in it: whatever the screen's shape, as when a phone is turned. */
  readonly returning = signal(false);
  /** Proposing and returning: under way or refused, whatever the screen's shape. */
  readonly deciding = new Deed();
  readonly because = signal('');

  constructor() {
    whileTrue(
      () => this.underWay() !== undefined,
      pollMs,
      () => this.resource.reload(),
    );
  }

  try(change: { method?: AllocationMethod; parameters?: Partial<ScenarioParameters> }): void {
    this.done.set('');
    this.making.update(
      (making) =>
        making && {
          method: change.method ?? making.method,
          parameters: { ...making.parameters, ...change.parameters },
        },
    );
  }

  takeBack(): void {
    this.making.set(this.stood());
  }

  reload(): void {
    this.resource.reload();
    this.viewResource.reload();
    this.changed.update((count) => count + 1);
  }

  /** Keeps what is being tried as a scenario, and looks at it. */
  async keep(): Promise<void> {
    const [making, callId] = [this.making(), this.callId()];
    if (!making || !callId) return;
    const made = await this.commands.post(`/api/funding/calls/${callId}/scenarios`, sent(making), scenarioRow);
    this.reload();
    this.address.change({ scenario: made.name, page: null, line: null });
  }

  step(seen: ScenarioRow, step: 'propose' | 'withdraw' | 'approve' | 'publish'): Promise<void> {
    return this.on(seen, step, { version: seen.version });
  }

  reject(seen: ScenarioRow, reason: string): Promise<void> {
    return this.on(seen, 'reject', { version: seen.version, reason });
  }

  override(seen: ScenarioRow, change: Omit<OverrideLine, 'version'>): Promise<void> {
    return this.on(seen, 'overrides', { ...change, version: seen.version });
  }

  undo(seen: ScenarioRow, applicationId: string): Promise<void> {
    return this.on(seen, 'overrides/undo', { version: seen.version, applicationId });
  }

  /** Refused or not, what is on screen is read again: somebody else may have been there first. */
  private async on(seen: ScenarioRow, deed: string, body: unknown): Promise<void> {
    try {
      await this.commands.post(`/api/funding/scenarios/${seen.id}/${deed}`, body);
    } finally {
      this.reload();
    }
  }
}

/** What a method has no use for stays on screen, in case it is chosen again, and is not sent. */
const sent = ({ method, parameters }: Making): Making => ({
  method,
  parameters: {
    ...parameters,
    groups: method === 'by-total' ? parameters.groups : [],
    shareBy: method === 'equal-shares' ? (parameters.shareBy ?? 'unit') : null,
  },
});
