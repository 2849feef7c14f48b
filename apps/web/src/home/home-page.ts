import { httpResource } from '@angular/common/http';
import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { homeView, myProposals } from '@waymark/contracts';
import { Empty, PageHeader, Person, Skeleton } from '@waymark/ui';
import { Dates } from '../shell/dates';
import { kept } from '../shell/kept';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';
import { grouped, type DatedTask, type DueGroup } from './due';
import { TaskRow, type TaskShown } from './task-row';
import { dueChip } from './due-chip';
import { taskWords } from './task-words';

const groupWords: Readonly<Record<DueGroup, string>> = {
  late: $localize`Late`,
  'today-and-tomorrow': $localize`Today and tomorrow`,
  'this-week-and-next': $localize`This week and next`,
  later: $localize`Later`,
  'no-date': $localize`No date set`,
};

/** "What next": one list, most urgent first, each line one action. */
@Component({
  selector: 'wm-home-page',
  imports: [Empty, PageHeader, Person, RouterLink, Skeleton, TaskRow, Trouble],
  templateUrl: './home-page.html',
  styles: `
    .tasks {
      padding: 0;
    }
  `,
})
export class HomePage {
  private readonly dates = inject(Dates);
  private readonly session = inject(Session);

  protected readonly home = httpResource(() => '/api/home', { parse: (raw) => homeView.parse(raw) });
  protected readonly view = kept(this.home);

  protected readonly heading = computed(() => {
    const name = this.session.signedIn()?.person.givenName ?? '';
    return $localize`What next, ${name}:name:`;
  });
  protected readonly today = computed(() => {
    const view = this.view();
    return view ? this.dates.day(view.today) : '';
  });
  /** An empty list says what the person is here for: to run rounds, to read them, to look after people, to check awards, or to be asked. */
  protected readonly here = computed(() => {
    if (this.session.may('rounds.run')) return 'run';
    if (this.session.may('rounds.see')) return 'read';
    if (this.session.may('settings.edit')) return 'people';
    return this.session.may('awards.verify') ? 'verify' : 'asked';
  });
  protected readonly emptyText = computed(() => {
    switch (this.here()) {
      case 'run':
        return $localize`When a round needs a decision, or people wait for one, it stands here.`;
      case 'read':
        return $localize`You can read every round and what became of it.`;
      case 'people':
        return $localize`You look after people, their roles, units and settings.`;
      case 'verify':
        return $localize`When somebody declares a professional award, it waits here for you to check.`;
      case 'asked':
        return $localize`When you are proposed for a pair, or something of yours is due, it stands here and comes by e-mail.`;
    }
  });
  /** Asked only where an empty list would lead there: whether there is anything to see. */
  private readonly mine = httpResource(
    () => (this.here() === 'asked' && this.view()?.tasks.length === 0 ? '/api/mentoring/proposals' : undefined),
    { parse: (raw) => myProposals.parse(raw) },
  );
  protected readonly hasOwn = computed(() => this.mine.hasValue() && this.mine.value().proposals.length > 0);

  protected readonly groups = computed(() => {
    const view = this.view();
    if (!view) return [];
    const dated = view.tasks.map<DatedTask>((task) => ({
      task,
      dueDay: task.dueAt === null ? null : this.dates.calendarDay(task.dueAt),
    }));
    const groups = grouped(view.today, dated);
    const first = groups.flatMap(({ tasks }) => tasks).find(({ task }) => !taskWords(task).waiting);
    return groups.map(({ group, tasks }) => ({
      id: group,
      words: groupWords[group],
      tasks: tasks.map<TaskShown>((one) => {
        const words = taskWords(one.task);
        return {
          key: `${one.task.kind} ${one.task.id}`,
          words,
          due: one.dueDay === null ? null : dueChip(view.today, one.dueDay, words.waiting, this.dates),
          next: one === first,
        };
      }),
    }));
  });

  protected readonly summary = computed(() => {
    const view = this.view();
    if (!view || view.tasks.length === 0) return $localize`Nothing waits for you`;
    const mine = view.tasks.filter((task) => !taskWords(task).waiting).length;
    if (mine === 0) return $localize`Nothing waits for you; others are answering`;
    const counted = (id: DueGroup): number =>
      this.groups()
        .find((group) => group.id === id)
        ?.tasks.filter((task) => !task.words.waiting).length ?? 0;
    const things = mine === 1 ? $localize`1 thing waits for you` : $localize`${mine}:count: things wait for you`;
    const late = counted('late');
    const soon = counted('today-and-tomorrow');
    const parts = [
      ...(late ? [late === 1 ? $localize`1 is late` : $localize`${late}:count: are late`] : []),
      ...(soon ? [soon === 1 ? $localize`1 is due by tomorrow` : $localize`${soon}:count: are due by tomorrow`] : []),
    ];
    return parts.length ? `${things}: ${parts.join(', ')}` : things;
  });

  protected readonly pairs = computed(
    () =>
      this.view()?.pairs.map((pair) => ({
        ...pair,
        link: pair.sharedPairId
          ? ['/mentoring/shared-pairs', pair.sharedPairId]
          : ['/mentoring/proposals', pair.proposalId],
        fact:
          pair.side === 'mentor'
            ? $localize`You mentor them until ${this.dates.day(pair.endsOn)}:day:`
            : $localize`Your mentor until ${this.dates.day(pair.endsOn)}:day:`,
      })) ?? [],
  );
}
