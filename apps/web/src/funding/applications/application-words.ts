import type {
  AppealKind,
  ApplicationDraft,
  ApplicationStatus,
  CostCategory,
  DraftFault,
  DraftFaultName,
} from '@waymark/contracts';
import { poundsOf } from '@waymark/contracts';
import type { StatusWords } from '../../shell/status-words';
import { amountFaultWords } from '../pots/pot-words';

export const applicationStatusWords: Readonly<Record<ApplicationStatus, StatusWords>> = {
  draft: { text: $localize`Draft`, tone: 'draft', icon: 'pencil' },
  submitted: { text: $localize`Waits for endorsement`, tone: 'wait', icon: 'hourglass' },
  endorsed: { text: $localize`Endorsed`, tone: 'ok', icon: 'tick' },
  returned: { text: $localize`Came back with a question`, tone: 'due', icon: 'pencil' },
  declined: { text: $localize`Not endorsed`, tone: 'bad', icon: 'octagon' },
  unendorsed: { text: $localize`Nobody answered`, tone: 'due', icon: 'clock' },
  eligible: { text: $localize`Being read`, tone: 'wait', icon: 'eye' },
  ineligible: { text: $localize`Cannot be funded`, tone: 'bad', icon: 'forbid' },
  scored: { text: $localize`Scored`, tone: 'wait', icon: 'hourglass' },
  awarded: { text: $localize`Awarded`, tone: 'ok', icon: 'award' },
  'part-awarded': { text: $localize`Awarded in part`, tone: 'ok', icon: 'award' },
  reserve: { text: $localize`On the reserve list`, tone: 'wait', icon: 'hourglass' },
  unsuccessful: { text: $localize`Not funded this time`, tone: 'done', icon: 'tick-circle' },
  withdrawn: { text: $localize`Withdrawn`, tone: 'done', icon: 'leave' },
  'call-cancelled': { text: $localize`Call cancelled`, tone: 'done', icon: 'stop' },
};

export const costWords: Readonly<Record<CostCategory, string>> = {
  registration: $localize`Registration`,
  travel: $localize`Travel`,
  accommodation: $localize`Accommodation`,
  subsistence: $localize`Subsistence`,
  'carer-and-access': $localize`Carer and access costs`,
  other: $localize`Other`,
};

type Draft = ApplicationDraft;
export const takesPartWords: Readonly<Record<NonNullable<Draft['event']['as']>, string>> = {
  attending: $localize`Attend`,
  poster: $localize`Show a poster`,
  talk: $localize`Give a talk`,
  workshop: $localize`Run a workshop`,
};

export const sharingWords: Readonly<Record<NonNullable<Draft['sharing']['way']>, string>> = {
  'staff-meeting': $localize`At a staff meeting`,
  newsletter: $localize`In the newsletter`,
  workshop: $localize`In a workshop for colleagues`,
  demonstration: $localize`By a demonstration`,
  report: $localize`In a written report`,
  other: $localize`In another way`,
};

export const upFrontWords: Readonly<Record<NonNullable<Draft['upFront']['by']>, string>> = {
  nothing: $localize`Nothing has to be paid before the event`,
  advance: $localize`By an advance from the fund`,
  'department-card': $localize`By the department’s card`,
  'own-money': $localize`By me, and I claim it back`,
};

export const appealWords: Readonly<Record<AppealKind, string>> = {
  feedback: $localize`Feedback`,
  'review-of-process': $localize`A review of process`,
};

/** What a field is called, where something is said of it away from it. */
export const fieldNames = {
  'event.name': $localize`name of the event`,
  'event.place': $localize`place`,
  'event.startsOn': $localize`first day`,
  'event.endsOn': $localize`last day`,
  'event.link': $localize`link`,
  'event.as': $localize`what you will do there`,
  'event.onAbstract': $localize`whether it hangs on an abstract`,
  costs: $localize`costs`,
  otherFunding: $localize`other funding`,
  least: $localize`least amount`,
  'upFront.by': $localize`what has to be paid up front`,
  'upFront.amount': $localize`amount to be paid up front`,
  case: $localize`your case`,
  objectives: $localize`learning objectives`,
  'sharing.way': $localize`how you will share it`,
  'sharing.how': $localize`more on how you will share it`,
} as const;

const lineParts: Readonly<Record<string, string>> = {
  what: $localize`what it is`,
  amount: $localize`amount`,
  from: $localize`from whom`,
  'foreign.currency': $localize`currency`,
  'foreign.amount': $localize`amount in that currency`,
  'foreign.rate': $localize`rate`,
  'foreign.on': $localize`day of the rate`,
};

/** A field by its path, in words: "amount of cost 2". */
export const fieldName = (path: string, questions: readonly { id: string; label: string }[]): string => {
  if (path in fieldNames) return fieldNames[path as keyof typeof fieldNames];
  const [kind = '', at = '', ...rest] = path.split('.');
  const number = Number(at) + 1;
  const part = lineParts[rest.join('.')] ?? '';
  if (kind === 'costs') return $localize`${part}:part: of cost ${number}:number:`;
  if (kind === 'otherFunding') return $localize`${part}:part: of other funding ${number}:number:`;
  if (kind === 'objectives') return $localize`learning objective ${number}:number:`;
  const question = questions.find(({ id }) => id === at)?.label;
  return question ? $localize`“${question}:question:”` : path;
};

const neededWords: Readonly<Record<string, string>> = {
  'event.name': $localize`Give the event’s name.`,
  'event.place': $localize`Say where it is, or “online”.`,
  'event.startsOn': $localize`Give the first day.`,
  'event.endsOn': $localize`Give the last day.`,
  'event.as': $localize`Say what you will do there.`,
  costs: $localize`Add at least one cost.`,
  'upFront.by': $localize`Choose one. “Nothing” is fine.`,
  case: $localize`Write your case.`,
  'sharing.way': $localize`Choose how you will share it.`,
};

const faultWords: Readonly<Partial<Record<DraftFaultName, string>>> = {
  'not-an-amount': amountFaultWords['not-an-amount'],
  negative: amountFaultWords.negative,
  'fractions-of-a-penny': amountFaultWords['fractions-of-a-penny'],
  'too-large': amountFaultWords['too-large'],
  nothing: amountFaultWords.nothing,
  'not-a-day': $localize`There is no such day.`,
  'ends-before-it-starts': $localize`The last day is before the first.`,
  'not-a-link': $localize`A link begins with https:// and has no spaces.`,
  'not-a-currency': $localize`Three letters, as EUR.`,
  'not-a-rate': $localize`A number, as 1.1628.`,
  'not-an-option': $localize`Choose one of the answers.`,
  'nothing-asked': $localize`Other funding pays for all of it: nothing is left to ask for.`,
};

const isAmount = (field: string): boolean => field.endsWith('amount') || field === 'least';

/** What to say at the field. */
export const faultInWords = ({ field, fault, limit }: DraftFault): string => {
  switch (fault) {
    case 'needed':
      if (field.includes('foreign')) return $localize`Say it, or take the other currency out.`;
      return isAmount(field) ? amountFaultWords.empty : (neededWords[field] ?? $localize`This needs an answer.`);
    case 'too-many-words':
      return $localize`At most ${limit ?? 0}:limit: words.`;
    case 'too-long':
      return $localize`At most ${limit ?? 0}:limit: characters.`;
    case 'too-few':
      return limit === 1
        ? $localize`Add a learning objective.`
        : $localize`Add another objective. The call asks for at least ${limit ?? 0}:limit:.`;
    case 'above-asked':
      return $localize`That is more than the ${poundsOf(limit ?? 0)}:pounds: you ask for.`;
    case 'above-costs':
      return $localize`That is more than the ${poundsOf(limit ?? 0)}:pounds: it costs in all.`;
    default:
      return faultWords[fault] ?? $localize`This cannot be used as it is.`;
  }
};

export const formSteps = ['event', 'costs', 'case', 'send'] as const;
export type FormStep = (typeof formSteps)[number];
export const formStepWords: Readonly<Record<FormStep, string>> = {
  event: $localize`Event`,
  costs: $localize`Costs`,
  case: $localize`Case`,
  send: $localize`Send`,
};

/** The step that a field stands in. */
export const stepOfField = (path: string): FormStep => {
  const [kind] = path.split('.');
  if (kind === 'event') return 'event';
  return kind === 'costs' || kind === 'otherFunding' || kind === 'least' || kind === 'upFront' ? 'costs' : 'case';
};

/** The id of a field's control. */
export const controlId = (path: string): string => `f-${path}`;
