import { Component, computed, input } from '@angular/core';
import type { LeavingView, MentoringFollows } from '@waymark/contracts';
import { roleWords } from '../../shell/role-words';
import { counted, listed, someNames } from '../../shell/words';

/** What follows when somebody leaves, in one line each; what does not apply is not said. */
@Component({
  selector: 'wm-leaving-follows',
  template: `
    <ul class="bul">
      @for (line of lines(); track $index) {
        <li>{{ line }}</li>
      }
    </ul>
  `,
})
export class LeavingFollows {
  readonly view = input.required<LeavingView>();
  readonly mentoring = input.required<MentoringFollows>();

  protected readonly lines = computed(() => [...this.ofMentoring(), ...this.ofReports(), ...this.ofAccess()]);

  private ofMentoring(): string[] {
    const { pairs, proposals, requests, rounds, enrolled } = this.mentoring();
    return [
      ...pairs.map(({ side, other }) =>
        side === 'mentor'
          ? $localize`The pair with ${other}:mentee: ends; ${other}:mentee: is told and stands at the front of the next round.`
          : $localize`The pair with ${other}:mentor: ends; ${other}:mentor: is told, and the place is free.`,
      ),
      ...(proposals
        ? [
            $localize`${counted(proposals, $localize`open proposal is`, $localize`open proposals are`)}:proposals: withdrawn, and the others are told.`,
          ]
        : []),
      ...(requests
        ? [
            $localize`${counted(requests, $localize`request for a mentor is`, $localize`requests for a mentor are`)}:requests: withdrawn.`,
          ]
        : []),
      ...(rounds
        ? [
            $localize`They are taken out of ${counted(rounds, $localize`round`, $localize`rounds`)}:rounds: not yet released.`,
          ]
        : []),
      ...(enrolled ? [$localize`They are no longer a mentor.`] : []),
    ];
  }

  private ofReports(): string[] {
    const { reports, reportsTotal } = this.view().follows;
    if (reportsTotal === 0) return [];
    const names = someNames(
      reports.map(({ name }) => name),
      reportsTotal,
    );
    const next = reports.find(({ passesTo }) => passesTo)?.passesTo;
    return next
      ? [$localize`${next.name}:manager: becomes the line manager of ${names}:reports:, and all of them are told.`]
      : [
          $localize`Nobody stands above ${names}:reports: then: choose a line manager, it will wait on your start page.`,
        ];
  }

  private ofAccess(): string[] {
    const { roles, delegations, signsIn } = this.view().follows;
    return [
      ...(roles.length
        ? [$localize`Roles end with the day: ${listed(roles.map((role) => roleWords[role]))}:roles:.`]
        : []),
      ...(delegations
        ? [
            $localize`${counted(delegations, $localize`delegation to or from them ends`, $localize`delegations to or from them end`)}:delegations: with the day.`,
          ]
        : []),
      signsIn
        ? $localize`From midnight they cannot sign in, and are in no list, search or round.`
        : $localize`From midnight they are in no list, search or round.`,
      $localize`The record is kept, and they can come back.`,
    ];
  }
}
