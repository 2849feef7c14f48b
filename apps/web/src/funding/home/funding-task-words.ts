import type { HomeTask } from '@waymark/contracts';
import type { IconName } from '@waymark/ui';

export type FundingTaskKind = Extract<
  HomeTask['kind'],
  | 'apply-to-call'
  | 'finish-application'
  | 'answer-returned-application'
  | 'endorse-application'
  | 'endorse-changed-event'
  | 'name-endorser'
  | 'decide-unendorsed'
  | 'open-call'
  | 'assign-panel'
  | 'review-application'
  | 'reassign-review'
  | 'moderate-call'
  | 'allocate-call'
  | 'approve-scenario'
  | 'publish-scenario'
  | 'answer-award'
  | 'say-abstract'
  | 'make-claim'
  | 'mend-claim'
  | 'decide-claim'
  | 'pay-claims'
  | 'answer-appeal'
>;

interface Words {
  icon: IconName;
  what: string;
  why: string;
  action: string;
}

/** What of the fund waits for a person. `about` names the call, the event or the person; `count` what the task counts. */
export const fundingWordsOf: Readonly<Record<FundingTaskKind, (about: string, count: number | null) => Words>> = {
  'apply-to-call': (about) => ({
    icon: 'pound',
    what: $localize`${about}:call: is open to you`,
    why: $localize`It takes about ten minutes, and is saved as you type.`,
    action: $localize`Apply`,
  }),
  'finish-application': (about) => ({
    icon: 'pencil',
    what: $localize`Finish your application to ${about}:call:`,
    why: $localize`It is saved, and nobody has seen it yet.`,
    action: $localize`Go on writing`,
  }),
  'answer-returned-application': (about) => ({
    icon: 'pencil',
    what: $localize`Your application to ${about}:call: came back with a question`,
    why: $localize`Change it and send it again.`,
    action: $localize`Read the question`,
  }),
  'endorse-application': (about) => ({
    icon: 'document',
    what: $localize`Answer ${about}:applicant:’s fund application`,
    why: $localize`See dates, cost and what was funded before; then endorse, ask or decline.`,
    action: $localize`See and answer`,
  }),
  'endorse-changed-event': (about) => ({
    icon: 'calendar',
    what: $localize`${about}:applicant:’s event has moved`,
    why: $localize`The award stands if you can still release them.`,
    action: $localize`See and answer`,
  }),
  'name-endorser': (about, count) => ({
    icon: 'person',
    what:
      count === 1
        ? $localize`1 application to ${about}:call: has nobody to endorse it`
        : $localize`${count ?? 0}:count: applications to ${about}:call: have nobody to endorse them`,
    why: $localize`Name somebody who can say whether the time can be spared.`,
    action: $localize`Name somebody`,
  }),
  'decide-unendorsed': (about, count) => ({
    icon: 'hourglass',
    what:
      count === 1
        ? $localize`1 application to ${about}:call: was never endorsed`
        : $localize`${count ?? 0}:count: applications to ${about}:call: were never endorsed`,
    why: $localize`Nobody answered in time. You decide whether each goes on.`,
    action: $localize`Decide`,
  }),
  'open-call': (about) => ({
    icon: 'calendar',
    what: $localize`Open ${about}:call:`,
    why: $localize`Its first day has come, and it is still a draft.`,
    action: $localize`See the call`,
  }),
  'assign-panel': (about, count) => ({
    icon: 'people',
    what: $localize`Give the panel of ${about}:call: its applications`,
    why: $localize`${count ?? 0}:count: applications are closed and waiting.`,
    action: $localize`Assign`,
  }),
  'review-application': (about, count) => ({
    icon: 'document',
    what:
      count === 1
        ? $localize`1 application to ${about}:call: to score`
        : $localize`${count ?? 0}:count: applications to ${about}:call: to score`,
    why: $localize`Drafts are saved as you go.`,
    action: $localize`Read and score`,
  }),
  'reassign-review': (about, count) => ({
    icon: 'people',
    what:
      count === 1
        ? $localize`1 review of ${about}:call: needs somebody else`
        : $localize`${count ?? 0}:count: reviews of ${about}:call: need somebody else`,
    why: $localize`Unread for fourteen days, or given back.`,
    action: $localize`Reassign`,
  }),
  'moderate-call': (about) => ({
    icon: 'people',
    what: $localize`Moderate ${about}:call:`,
    why: $localize`All reviews are in. See where readers differ most.`,
    action: $localize`Open moderation`,
  }),
  'allocate-call': (about) => ({
    icon: 'pound',
    what: $localize`Allocate ${about}:call:`,
    why: $localize`Compare methods, then propose one for approval.`,
    action: $localize`Open workbench`,
  }),
  'approve-scenario': (about) => ({
    icon: 'pound',
    what: $localize`Approve who is funded in ${about}:call:`,
    why: $localize`Somebody else proposed it; money takes two people.`,
    action: $localize`See and decide`,
  }),
  'publish-scenario': (about) => ({
    icon: 'mail',
    what: $localize`Publish the decisions of ${about}:call:`,
    why: $localize`Approved. Everybody hears at once, with the reason.`,
    action: $localize`Publish`,
  }),
  'answer-award': (about) => ({
    icon: 'award',
    what: $localize`You were awarded money for ${about}:event:`,
    why: $localize`Say whether you take it up; after fourteen days it lapses.`,
    action: $localize`Answer`,
  }),
  'say-abstract': (about) => ({
    icon: 'document',
    what: $localize`Was your abstract for ${about}:event: accepted?`,
    why: $localize`Your award hangs on it: say whether it was.`,
    action: $localize`Answer`,
  }),
  'make-claim': (about) => ({
    icon: 'pound',
    what: $localize`Claim what you spent on ${about}:event:`,
    why: $localize`Photograph the receipts; what nobody claims goes back to the fund.`,
    action: $localize`Claim`,
  }),
  'mend-claim': (about) => ({
    icon: 'pencil',
    what: $localize`Your claim for ${about}:event: came back`,
    why: $localize`See why, put it right and send it again.`,
    action: $localize`See claim`,
  }),
  'decide-claim': (_, count) => ({
    icon: 'pound',
    what: count === 1 ? $localize`1 claim to decide` : $localize`${count ?? 0}:count: claims to decide`,
    why: $localize`Look at the receipts, then approve or return.`,
    action: $localize`Open claims`,
  }),
  'pay-claims': (_, count) => ({
    icon: 'pound',
    what: count === 1 ? $localize`1 approved claim to pay` : $localize`${count ?? 0}:count: approved claims to pay`,
    why: $localize`Put them into a batch for the finance system.`,
    action: $localize`Make a batch`,
  }),
  'answer-appeal': (about) => ({
    icon: 'people',
    what: $localize`${about}:applicant: asks for feedback, or how it was decided`,
    why: $localize`Your answer goes to them by mail and stays with the application.`,
    action: $localize`Read and answer`,
  }),
};

/** The screen of each task; `id` is the record's: see fundingTasks of the server. */
export const fundingLinkOf = (kind: FundingTaskKind, id: string): readonly string[] => {
  switch (kind) {
    case 'apply-to-call':
      return ['/funding/open', id];
    case 'finish-application':
    case 'answer-returned-application':
    case 'answer-appeal':
      return ['/funding/applications', id];
    case 'endorse-application':
    case 'endorse-changed-event':
      return ['/funding/endorsements', id];
    case 'name-endorser':
    case 'decide-unendorsed':
      return ['/funding/calls', id, 'endorsements'];
    case 'open-call':
      return ['/funding/calls', id];
    case 'assign-panel':
    case 'reassign-review':
      return ['/funding/calls', id, 'panel'];
    case 'moderate-call':
      return ['/funding/calls', id, 'moderation'];
    case 'review-application':
      return ['/funding/reading', id];
    case 'allocate-call':
    case 'approve-scenario':
    case 'publish-scenario':
      return ['/funding/calls', id, 'allocation'];
    case 'answer-award':
    case 'say-abstract':
    case 'make-claim':
      return ['/funding/awards', id];
    case 'mend-claim':
      return ['/funding/claims', id];
    case 'decide-claim':
      return ['/funding/claims'];
    case 'pay-claims':
      return ['/funding/batches'];
  }
};
