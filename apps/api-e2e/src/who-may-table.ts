import type { Refusal } from '@waymark/contracts';

/**
 * Whom each route lets in, as trust.md means it, written out by hand: it asks neither decorators nor `permissionsOfRole`, so that
 * a permission given or taken by mistake is a fault here. Persons by letter:
 *
 * N nobody in particular · T technician · M line manager · E mentor · C coordinator · L programme lead ·
 * A institution administrator · U auditor · V award verifier · F finance officer · B coordinator who acts for a technician
 */
export const letters = ['N', 'T', 'M', 'E', 'C', 'L', 'A', 'U', 'V', 'F', 'B'] as const;
export type Letter = (typeof letters)[number];

/** What a route's path names. Those that concern somebody have an owner, and so a case of one's own. */
export const ownedKinds = [
  'person',
  /** A person who has an account. */
  'account',
  'session',
  'correction',
  'export',
  'exportAsked',
  'award',
  'awardVerified',
  'roleHeld',
  'delegation',
  'job',
  'proposal',
  'goingOn',
  'sharedPair',
  'transferOut',
] as const;
export type Kind =
  | (typeof ownedKinds)[number]
  | 'round'
  | 'roundMentee'
  | 'roundMentor'
  | 'roundImport'
  | 'choice'
  | 'run'
  | 'staffImport'
  | 'costCode'
  | 'pot'
  | 'ledgerEntry'
  | 'unit'
  | 'network'
  | 'invitation'
  | 'transferIn';

export interface WhoMay {
  /** Letters of those let in; `*` everybody signed in; `public` everybody. */
  may: string;
  of?: Kind;
  /**
   * Which of those let in reach a record that concerns somebody else of their institution: all, where nothing is said. For
   * `notAllowed` it is there and not theirs; for the rest it is not there. Where no record is named: which of them have what
   * the route is about.
   */
  others?: {
    reach: string;
    notAllowed?: string;
    /** Those are refused before anything is looked for, so at records of other institutions too. */
    unseen?: true;
  };
  /** What somebody let in meets at what concerns themself, where it is not open to them. */
  own?: Refusal;
  /** The one of the two for whom a step of a proposal is; the other is not allowed. */
  side?: 'mentor' | 'mentee';
  /** What a public route answers to somebody with neither session, code nor password. */
  stranger?: [status: number, refusal: Refusal | null];
}

export const whoMay: Readonly<Record<string, WhoMay>> = {
  'GET health': { may: 'public', stranger: [200, null] },
  'GET ready': { may: 'public', stranger: [200, null] },
  'GET account': { may: '*' },
  'POST account/corrections': { may: '*' },
  'POST account/corrections/:id/withdraw': { may: '*', of: 'correction', others: { reach: '' } },
  'GET account/exports': { may: '*' },
  'POST account/exports': { may: '*' },
  'GET account/exports/:id/:format': { may: '*', of: 'export', others: { reach: '' } },
  'GET account/kept': { may: '*' },
  'POST account/password': { may: '*' },
  'DELETE account/sessions': { may: '*' },
  'DELETE account/sessions/:id': { may: '*', of: 'session', others: { reach: '' } },
  'GET audit/chain': { may: 'U' },
  'GET audit/chain/comparison': { may: 'U' },
  'GET audit/chain/head': { may: 'U' },
  'GET audit/entries': { may: 'U' },
  'GET audit/entries/export': { may: 'U' },
  'POST audit/verifications': { may: 'U' },
  'GET awards': { may: 'V' },
  'POST awards': { may: '*' },
  'DELETE awards/:id': { may: '*', of: 'award', others: { reach: '' } },
  'PUT awards/:id': { may: '*', of: 'award', others: { reach: '' } },
  'POST awards/:id/reject': { may: 'V', of: 'award', own: 'own-award' },
  'POST awards/:id/renew': { may: 'V', of: 'awardVerified', own: 'own-award' },
  'POST awards/:id/verify': { may: 'V', of: 'award', own: 'own-award' },
  'GET awards/names': { may: '*' },
  'GET awards/own': { may: '*' },
  'GET corrections': { may: 'CA' },
  'POST corrections/:id/answer': { may: 'CA', of: 'correction', own: 'own-correction' },
  'GET data-requests': { may: 'A' },
  'GET data-requests/exports/:id/:format': { may: 'A', of: 'exportAsked' },
  'GET data-requests/list': { may: 'A' },
  'GET data-requests/people/:id': { may: 'A', of: 'person' },
  'POST data-requests/people/:id/erasure': { may: 'A', of: 'person', own: 'still-active' },
  'POST data-requests/people/:id/export': { may: 'A', of: 'person' },
  'GET data-requests/suggested': { may: 'A' },
  'GET demonstration/accounts': { may: 'public', stranger: [404, 'demonstration-only'] },
  'GET demonstration/mail': { may: 'public', stranger: [404, 'demonstration-only'] },
  'GET funding/cost-codes': { may: 'CLUF' },
  'POST funding/cost-codes': { may: 'F' },
  'PUT funding/cost-codes/:id': { may: 'F', of: 'costCode' },
  'POST funding/entries/:id/correct': { may: 'F', of: 'ledgerEntry' },
  'GET funding/journal': { may: 'CLUF' },
  'GET funding/pots': { may: 'CLUF' },
  'POST funding/pots': { may: 'F' },
  'GET funding/pots/:id': { may: 'CLUF', of: 'pot' },
  'PUT funding/pots/:id': { may: 'F', of: 'pot' },
  'GET funding/pots/:id/entries': { may: 'CLUF', of: 'pot' },
  'GET funding/pots/:id/entries/export': { may: 'CLUF', of: 'pot' },
  'POST funding/pots/:id/fund': { may: 'F', of: 'pot' },
  'POST funding/pots/:id/roll-over': { may: 'F', of: 'pot' },
  'POST funding/pots/:id/transfer': { may: 'F', of: 'pot' },
  'GET funding/pots/export': { may: 'CLUF' },
  'GET grades': { may: 'CLAU' },
  'PUT grades': { may: 'CA' },
  'GET home': { may: '*' },
  'GET jobs/:id': { may: 'CAU', of: 'job' },
  'POST jobs/:id/cancel': { may: 'CAU', of: 'job', others: { reach: 'CA', notAllowed: 'U' } },
  'GET mentoring/going-on/:id': { may: '*', of: 'goingOn', others: { reach: '' } },
  'POST mentoring/going-on/:id': { may: '*', of: 'goingOn', others: { reach: '' } },
  'POST mentoring/imports': { may: 'C' },
  'GET mentoring/imports/:id': { may: 'C', of: 'roundImport' },
  'POST mentoring/imports/:id/apply': { may: 'C', of: 'roundImport' },
  'POST mentoring/imports/:id/discard': { may: 'C', of: 'roundImport' },
  'PUT mentoring/imports/:id/preview': { may: 'C', of: 'roundImport' },
  'GET mentoring/imports/:id/rows': { may: 'C', of: 'roundImport' },
  'GET mentoring/leaving/:id': { may: 'CA', of: 'person' },
  'GET mentoring/mentor': { may: '*' },
  'PUT mentoring/mentor': { may: '*', others: { reach: 'E' } },
  'POST mentoring/mentor/pause': { may: '*', others: { reach: 'E' } },
  'POST mentoring/mentor/resume': { may: '*', others: { reach: 'E' } },
  'GET mentoring/proposals': { may: '*' },
  'GET mentoring/proposals/:id': { may: '*', of: 'proposal', others: { reach: '' } },
  'POST mentoring/proposals/:id/accept': { may: '*', of: 'proposal', others: { reach: '' }, side: 'mentor' },
  'PUT mentoring/proposals/:id/agreement': { may: '*', of: 'proposal', others: { reach: '' } },
  'POST mentoring/proposals/:id/agreement/confirm': { may: '*', of: 'proposal', others: { reach: '' } },
  'POST mentoring/proposals/:id/decline': { may: '*', of: 'proposal', others: { reach: '' }, side: 'mentor' },
  'POST mentoring/proposals/:id/question': { may: '*', of: 'proposal', others: { reach: '' }, side: 'mentor' },
  'POST mentoring/proposals/:id/question/answer': { may: '*', of: 'proposal', others: { reach: '' }, side: 'mentee' },
  'POST mentoring/proposals/:id/withdraw': { may: '*', of: 'proposal', others: { reach: '' }, side: 'mentee' },
  'GET mentoring/rounds': { may: 'CLU' },
  'POST mentoring/rounds': { may: 'C' },
  'GET mentoring/rounds/:id': { may: 'CLU', of: 'round' },
  'PUT mentoring/rounds/:id': { may: 'C', of: 'round' },
  'POST mentoring/rounds/:id/cancel': { may: 'C', of: 'round' },
  'GET mentoring/rounds/:id/choices': { may: 'CLU', of: 'round' },
  'POST mentoring/rounds/:id/choices': { may: 'C', of: 'round' },
  'DELETE mentoring/rounds/:id/choices/:choiceId': { may: 'C', of: 'choice' },
  'POST mentoring/rounds/:id/close': { may: 'C', of: 'round' },
  'GET mentoring/rounds/:id/imports': { may: 'CLU', of: 'round' },
  'POST mentoring/rounds/:id/join': { may: 'C', of: 'round' },
  'GET mentoring/rounds/:id/mentees': { may: 'CLU', of: 'round' },
  'DELETE mentoring/rounds/:id/mentees/:personId': { may: 'C', of: 'roundMentee' },
  'GET mentoring/rounds/:id/mentors': { may: 'CLU', of: 'round' },
  'DELETE mentoring/rounds/:id/mentors/:personId': { may: 'C', of: 'roundMentor' },
  'GET mentoring/rounds/:id/proposals': { may: 'CLU', of: 'round' },
  'GET mentoring/rounds/:id/proposals/export': { may: 'CLU', of: 'round' },
  'POST mentoring/rounds/:id/release': { may: 'C', of: 'round' },
  'POST mentoring/rounds/:id/runs': { may: 'C', of: 'round' },
  'GET mentoring/rounds/export': { may: 'CLU' },
  'GET mentoring/runs/:id': { may: 'CLU', of: 'run' },
  'GET mentoring/runs/:id/comparison': { may: 'CLU', of: 'run' },
  'GET mentoring/runs/:id/comparison/export': { may: 'CLU', of: 'run' },
  'GET mentoring/runs/:id/export': { may: 'CLU', of: 'run' },
  'GET mentoring/runs/:id/floor': { may: 'CLU', of: 'run' },
  'GET mentoring/runs/:id/left-out': { may: 'CLU', of: 'run' },
  'GET mentoring/runs/:id/pairs': { may: 'CLU', of: 'run' },
  'GET mentoring/runs/:id/replay': { may: 'CLU', of: 'run' },
  'GET mentoring/runs/:id/unlocks': { may: 'CLU', of: 'run' },
  'GET mentoring/runs/:id/why-not': { may: 'C', of: 'run' },
  'GET mentoring/shared-pairs': { may: '*' },
  'GET mentoring/shared-pairs/:id': { may: '*', of: 'sharedPair', others: { reach: '' } },
  'POST mentoring/shared-pairs/:id/end': { may: '*', of: 'sharedPair', others: { reach: '' } },
  'POST network-invitations/:id/accept': { may: 'A', of: 'invitation' },
  'POST network-invitations/:id/decline': { may: 'A', of: 'invitation' },
  'GET networks': { may: 'A' },
  'POST networks': { may: 'A' },
  'POST networks/:id/invitations': { may: 'A', of: 'network' },
  'DELETE networks/:id/invitations/:invitationId': { may: 'A', of: 'network' },
  'POST networks/:id/leave': { may: 'A', of: 'network' },
  'POST password-links': { may: 'public', stranger: [204, null] },
  'GET password-links/:token': { may: 'public', stranger: [410, 'link-expired'] },
  'POST password-links/:token': { may: 'public', stranger: [410, 'link-expired'] },
  'GET people': { may: '*' },
  'POST people': { may: 'CA' },
  'GET people/:id': { may: '*', of: 'person' },
  'PUT people/:id': { may: 'CA', of: 'person' },
  'POST people/:id/act': { may: 'C', of: 'person', own: 'acting-for-self' },
  'GET people/:id/delegations': { may: '*', of: 'person', others: { reach: 'CLAU' } },
  'POST people/:id/delegations': { may: '*', of: 'person', others: { reach: 'CA', notAllowed: 'LU', unseen: true } },
  'DELETE people/:id/delegations/:delegationId': {
    may: '*',
    of: 'delegation',
    others: { reach: 'CA', notAllowed: 'LU', unseen: true },
  },
  'POST people/:id/invitation': { may: 'CA', of: 'account' },
  'GET people/:id/leaving': { may: 'CA', of: 'person' },
  'POST people/:id/leaving': { may: 'CA', of: 'person' },
  'POST people/:id/leaving/undo': { may: 'CA', of: 'person' },
  'POST people/:id/roles': { may: 'A', of: 'person', own: 'grant-to-self' },
  'DELETE people/:id/roles/:roleHeldId': { may: 'A', of: 'roleHeld' },
  'PUT people/:id/skills': { may: '*', of: 'person', others: { reach: 'CA', notAllowed: '*' } },
  'POST people/:id/transfers': { may: 'A', of: 'person' },
  'GET people/alike': { may: 'CA' },
  'GET people/export': { may: '*' },
  'GET people/staff-imports': { may: 'CA' },
  'POST people/staff-imports': { may: 'CA' },
  'GET people/staff-imports/:id': { may: 'CA', of: 'staffImport' },
  'POST people/staff-imports/:id/apply': { may: 'CA', of: 'staffImport' },
  'POST people/staff-imports/:id/discard': { may: 'CA', of: 'staffImport' },
  'PUT people/staff-imports/:id/preview': { may: 'CA', of: 'staffImport' },
  'GET people/staff-imports/:id/rows': { may: 'CA', of: 'staffImport' },
  'GET people/staff-imports/:id/rows/export': { may: 'CA', of: 'staffImport' },
  'POST people/staff-imports/:id/undo': { may: 'CA', of: 'staffImport' },
  'GET people/staff-imports/template': { may: 'CA' },
  'GET people/without-manager': { may: 'CA' },
  'GET public/profiles/:code': { may: 'public', stranger: [404, 'not-found'] },
  'GET public/profiles/:code/page': { may: 'public', stranger: [404, null] },
  'DELETE published-profile': { may: '*' },
  'GET published-profile': { may: '*' },
  'POST published-profile': { may: '*' },
  'GET roles': { may: 'CLAU' },
  'GET roles/export': { may: 'CLAU' },
  'DELETE session': { may: '*' },
  'GET session': { may: 'public', stranger: [200, null] },
  'POST session': { may: 'public', stranger: [401, 'wrong-credentials'] },
  'DELETE session/acting': { may: '*' },
  'POST set-up': { may: 'public', stranger: [403, 'set-up-code-wrong'] },
  'GET settings': { may: 'A' },
  'PUT settings': { may: 'A' },
  'GET settings/closure-days': { may: 'A' },
  'POST settings/closure-days': { may: 'A' },
  'POST settings/closure-days/remove': { may: 'A' },
  'GET settings/time-zones': { may: 'A' },
  'GET skills': { may: '*' },
  'GET transfers': { may: 'A' },
  'GET transfers/:id': { may: 'A', of: 'transferOut' },
  'POST transfers/:id/accept': { may: 'A', of: 'transferIn' },
  'POST transfers/:id/cancel': { may: 'A', of: 'transferOut' },
  'POST transfers/:id/decline': { may: 'A', of: 'transferIn' },
  'GET transfers/institutions': { may: 'A' },
  'GET units': { may: '*' },
  'POST units': { may: 'CA' },
  'PUT units/:id': { may: 'CA', of: 'unit' },
  'POST units/:id/merge': { may: 'CA', of: 'unit' },
  'POST units/:id/remove': { may: 'CA', of: 'unit' },
  'GET units/tree': { may: 'CA' },
};

/** What is everybody's own, and refused with `not-while-acting` to whoever acts for them. */
export const notWhileActing: readonly string[] = [
  'GET account',
  'POST account/corrections',
  'POST account/corrections/:id/withdraw',
  'GET account/exports',
  'POST account/exports',
  'GET account/exports/:id/:format',
  'GET account/kept',
  'POST account/password',
  'DELETE account/sessions',
  'DELETE account/sessions/:id',
  'POST awards',
  'DELETE awards/:id',
  'PUT awards/:id',
  'GET awards/own',
  'GET people/:id/delegations',
  'POST people/:id/delegations',
  'DELETE people/:id/delegations/:delegationId',
  'DELETE published-profile',
  'GET published-profile',
  'POST published-profile',
];
