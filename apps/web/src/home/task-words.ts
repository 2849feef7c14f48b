import type { HomeTask } from '@waymark/contracts';
import type { IconName } from '@waymark/ui';
import { fundingLinkOf, fundingWordsOf, type FundingTaskKind } from '../funding/home/funding-task-words';

export interface TaskWords {
  icon: IconName;
  what: string;
  why: string;
  action: string;
  link: readonly string[];
  query: Readonly<Record<string, string>> | null;
  /** It is someone else's turn: there is something to see, nothing to do. */
  waiting: boolean;
}
type WordsOf = (about: string, count: number | null) => Omit<TaskWords, 'link' | 'query' | 'waiting'>;

const people = (count: number): string => (count === 1 ? $localize`1 person` : $localize`${count}:count: people`);
const places = (count: number): string =>
  count === 1 ? $localize`1 free place` : $localize`${count}:count: free places`;
const rows = (count: number): string => (count === 1 ? $localize`1 row` : $localize`${count}:count: rows`);

const ofFunding = (kind: HomeTask['kind']): kind is FundingTaskKind => kind in fundingWordsOf;

const wordsOf: Readonly<Record<HomeTask['kind'], WordsOf>> = {
  ...fundingWordsOf,
  'answer-proposal': (about, count) => ({
    icon: 'people',
    what: $localize`${about}:mentee: would like you as a mentor`,
    why:
      count === null
        ? $localize`See why you were matched, then say yes or no.`
        : $localize`See why you were matched, then say yes or no. You have ${places(count)}:places:.`,
    action: $localize`See and answer`,
  }),
  'write-agreement': (about) => ({
    icon: 'pencil',
    what: $localize`Agree with ${about}:other: how you will meet`,
    why: $localize`Goals, how often, where and until when. One of you writes it, the other confirms.`,
    action: $localize`Write agreement`,
  }),
  'confirm-agreement': (about) => ({
    icon: 'document',
    what: $localize`Confirm the agreement that ${about}:other: wrote`,
    why: $localize`Your pair begins as soon as you do. You can change it first.`,
    action: $localize`Read and confirm`,
  }),
  'wait-for-mentor': (about) => ({
    icon: 'hourglass',
    what: $localize`${about}:mentor: has been asked to be your mentor`,
    why: $localize`Nothing to do now. You hear as soon as there is an answer.`,
    action: $localize`See proposal`,
  }),
  'answer-question': (about) => ({
    icon: 'people',
    what: $localize`${about}:mentor: would like to know more from you`,
    why: $localize`Your answer goes to this mentor alone; then it is their turn again.`,
    action: $localize`Read and answer`,
  }),
  'wait-for-reply': (about) => ({
    icon: 'hourglass',
    what: $localize`${about}:mentee: is answering your question`,
    why: $localize`Nothing to do now. The time you have stands still until then.`,
    action: $localize`See proposal`,
  }),
  'resume-mentoring': () => ({
    icon: 'clock',
    what: $localize`You are paused as a mentor`,
    why: $localize`Two proposals lapsed without an answer, so nobody new is proposed to you. Come back when you have time.`,
    action: $localize`Be active again`,
  }),
  'wait-for-confirmation': (about) => ({
    icon: 'hourglass',
    what: $localize`${about}:other: is reading the agreement you wrote`,
    why: $localize`Nothing to do now. Your pair begins with their confirmation.`,
    action: $localize`See agreement`,
  }),
  'load-round': (about, count) => ({
    icon: 'upload',
    what: $localize`Load people into ${about}:round:`,
    why: count
      ? $localize`${people(count)}:people: are in it. It needs at least one mentee and one mentor.`
      : $localize`Nobody is in it yet. Load the lists of mentees and mentors.`,
    action: $localize`Load people`,
  }),
  'run-round': (about, count) => ({
    icon: 'play',
    what: $localize`Match the people in ${about}:round:`,
    why:
      count === null
        ? $localize`The people are loaded. Check the rules, then match.`
        : $localize`${people(count)}:people: are loaded. Check the rules, then match.`,
    action: $localize`Open round`,
  }),
  'review-round': (about, count) => ({
    icon: 'tick-circle',
    what: $localize`Review the pairs of ${about}:round:`,
    why:
      count === null || count === 0
        ? $localize`Nobody is left out. Look at the pairs, then release them together.`
        : $localize`${people(count)}:people: left out. See what would help, then release the pairs together.`,
    action: $localize`Review pairs`,
  }),
  'wait-for-answers': (about, count) => ({
    icon: 'hourglass',
    what:
      count === null
        ? $localize`Proposals wait for an answer in ${about}:round:`
        : count === 1
          ? $localize`1 proposal waits for an answer in ${about}:round:`
          : $localize`${count}:count: proposals wait for an answer in ${about}:round:`,
    why: $localize`Nothing to do now: the mentors answer. See who has said yes, who has said no, and why.`,
    action: $localize`See proposals`,
  }),
  'mend-run': (about) => ({
    icon: 'warning',
    what: $localize`The last matching of ${about}:round: did not finish`,
    why: $localize`Nothing was lost or sent. See what stopped it, then match again.`,
    action: $localize`See what happened`,
  }),
  'finish-import': (about, count) => ({
    icon: 'upload',
    what: $localize`Finish loading ${about}:file:`,
    why:
      count === null
        ? $localize`The file is here, but nobody has been added from it yet.`
        : $localize`The file is here with ${rows(count)}:rows:, but nobody has been added from it yet.`,
    action: $localize`Go on loading`,
  }),
  'answer-network-invitation': (about) => ({
    icon: 'people',
    what: $localize`Your institution is asked into the network ${about}:network:`,
    why: $localize`See who asks and what joining means, then accept or decline for your institution.`,
    action: $localize`See the invitation`,
  }),
  'erase-leavers': (_, count) => ({
    icon: 'person',
    what:
      count === 1
        ? $localize`1 person left long ago, and their personal data are still here`
        : $localize`${count ?? 0}:count: people left long ago, and their personal data are still here`,
    why: $localize`They are kept longer than your institution says. Look at each of them, then erase what is no longer needed.`,
    action: $localize`See who left`,
  }),
  'people-without-manager': (_, count) => ({
    icon: 'people',
    what:
      count === 1
        ? $localize`1 person has no line manager any more`
        : $localize`${count ?? 0}:count: people have no line manager any more`,
    why: $localize`Their line manager has left, and nobody stands above. Choose another for each, so that somebody approves for them.`,
    action: $localize`See who`,
  }),
  'answer-transfer': (about) => ({
    icon: 'person',
    what: $localize`${about}:person: would come to you from another institution`,
    why: $localize`Choose unit, grade and line manager and accept, or decline. Their awards and skills come with them.`,
    action: $localize`See and answer`,
  }),
  'go-on-with-pair': (about) => ({
    icon: 'people',
    what: $localize`Go on with ${about}:other:?`,
    why: $localize`One of you moves to another institution. You can go on if you both wish to; else it ends on that day.`,
    action: $localize`Say yes or no`,
  }),
  'correct-person': (about) => ({
    icon: 'pencil',
    what: $localize`${about}:person: says that something in their record is wrong`,
    why: $localize`See what it should be, put it right on their page, then say that you did, or why not.`,
    action: $localize`See and answer`,
  }),
  'verify-awards': (_, count) => ({
    icon: 'award',
    what:
      count === 1 ? $localize`1 award waits to be checked` : $localize`${count ?? 0}:count: awards wait to be checked`,
    why: $localize`Look each up in its register, then verify it or say why not.`,
    action: $localize`Check awards`,
  }),
  'appoint-coordinator': () => ({
    icon: 'person',
    what: $localize`Appoint a coordinator`,
    why: $localize`Rounds are started and released by a coordinator, and nobody holds that role yet. Choose a person, then give the role.`,
    action: $localize`Choose a person`,
  }),
};

const linkOf = ({ kind, id }: HomeTask): readonly string[] => {
  if (ofFunding(kind)) return fundingLinkOf(kind, id);
  switch (kind) {
    case 'load-round':
    case 'run-round':
    case 'review-round':
    case 'wait-for-answers':
    case 'mend-run':
      return ['/mentoring/rounds', id];
    case 'finish-import':
      return ['/mentoring/imports', id];
    case 'answer-network-invitation':
      return ['/administration/networks'];
    case 'erase-leavers':
      return ['/administration/data-requests'];
    case 'resume-mentoring':
      return ['/mentoring/mine'];
    case 'people-without-manager':
      return ['/people/without-manager'];
    case 'answer-transfer':
      return ['/people/transfers', id];
    case 'go-on-with-pair':
      return ['/mentoring/going-on', id];
    case 'correct-person':
      return ['/administration/corrections'];
    case 'verify-awards':
      return ['/people/awards'];
    case 'appoint-coordinator':
      return ['/people'];
    default:
      return ['/mentoring/proposals', id];
  }
};

const waiting: ReadonlySet<HomeTask['kind']> = new Set([
  'wait-for-mentor',
  'wait-for-reply',
  'wait-for-confirmation',
  'wait-for-answers',
]);

export const taskWords = (task: HomeTask): TaskWords => ({
  ...wordsOf[task.kind](task.about, task.count),
  link: linkOf(task),
  query: task.kind === 'wait-for-answers' ? { tab: 'proposals' } : null,
  waiting: waiting.has(task.kind),
});
