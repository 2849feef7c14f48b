import { Injectable } from '@nestjs/common';
import { cardJoins, cardOf } from '@waymark/api-people';
import { Clock, csvText, Reads, Refused, type Scope } from '@waymark/api-platform';
import type { LeftOutRow, MatchingMethod, PersonCard, ScorePart } from '@waymark/contracts';
import { roundOfRun, takesPart } from '../at-present';
import { leftOutRow, mentorShort, mentorsNamed, type StoredRow } from './run-left-out';

interface PairRow {
  mentee: PersonCard;
  menteeEmail: string | null;
  mentor: PersonCard;
  mentorEmail: string | null;
  score: number;
  parts: ScorePart[];
  pinned: boolean;
}

const headings = [
  'Result',
  'Mentee',
  'Mentee e-mail',
  'Mentee unit',
  'Mentee grade',
  'Rounds waited',
  'Mentor',
  'Mentor e-mail',
  'Mentor unit',
  'Mentor grade',
  'Score',
  'Why',
  'Pinned',
  'Method',
] as const;

/** A run as a CSV file: the pairs, then those left out with the reason. Scores as shown; nothing of identity. */
@Injectable()
export class RunExport {
  constructor(
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  async csv(scope: Scope, runId: string): Promise<string> {
    const values = [scope.institutionId, runId, this.clock.now()];
    const [[run], pairs, leftOut] = await this.reads.all<
      [{ method: MatchingMethod }, PairRow & { waited: number }, StoredRow & { menteeEmail: string | null }]
    >(scope, [
      {
        name: 'run-method',
        text: `select method from run where institution_id = $1 and id = $2`,
        values: [scope.institutionId, runId],
      },
      {
        name: 'run-export-pairs',
        text: `select ${cardOf('mentee')} as mentee, mentee.email as "menteeEmail", r.rounds_waited as waited,
            ${cardOf('mentor')} as mentor, mentor.email as "mentorEmail", rp.shown_score as score, rp.parts, rp.pinned
          from run_pair rp
          join request r on r.institution_id = rp.institution_id and r.id = rp.request_id
          join enrolment e on e.institution_id = rp.institution_id and e.id = rp.enrolment_id
          join person mentee on mentee.institution_id = r.institution_id and mentee.id = r.person_id
          join person mentor on mentor.institution_id = e.institution_id and mentor.id = e.person_id
          ${cardJoins('mentee')} ${cardJoins('mentor')}
          where rp.institution_id = $1 and rp.run_id = $2 and ${takesPart(['mentee', 'mentor'], roundOfRun, '$3')}
          order by lower(mentee.family_name), lower(mentee.given_name), mentee.id, rp.shown_score desc, mentor.id`,
        values,
      },
      {
        name: 'run-export-left-out',
        text: `select ${cardOf('p')} as mentee, p.email as "menteeEmail", r.rounds_waited as waited, lo.reason, lo.blocked,
            ${mentorsNamed} as mentors, ${mentorShort} as near
          from run_left_out lo
          join request r on r.institution_id = lo.institution_id and r.id = lo.request_id
          join person p on p.institution_id = r.institution_id and p.id = r.person_id ${cardJoins('p')}
          where lo.institution_id = $1 and lo.run_id = $2 and ${takesPart(['p'], roundOfRun, '$3')}
          order by r.rounds_waited desc, lower(p.family_name), lower(p.given_name), p.id`,
        values,
      },
    ]);
    if (!run) throw new Refused('not-found');
    return csvText(headings, [
      ...pairs.map(({ mentee, menteeEmail, waited, mentor, mentorEmail, score, parts, pinned }) => [
        'Pair',
        ...[mentee.name, menteeEmail, mentee.unit, mentee.grade, waited],
        ...[mentor.name, mentorEmail, mentor.unit, mentor.grade, score],
        parts.map(partWords).join('; '),
        ...[pinned ? 'yes' : null, run.method],
      ]),
      ...leftOut.map(({ menteeEmail, ...stored }) => {
        const { mentee, waited, ...row } = leftOutRow(stored);
        return [
          'Left out',
          ...[mentee.name, menteeEmail, mentee.unit, mentee.grade, waited],
          ...[null, null, null, null, null],
          ...[reasonWords(row), null, run.method],
        ];
      }),
    ]);
  }
}

const partWords = ({ part, attribute, because, points }: ScorePart): string => {
  switch (part) {
    case 'grade':
      return `grade ${because.join()} above: ${points}`;
    case 'shared':
      return `${attribute ?? ''} ${because.join(', ')}: ${points}`;
    case 'waiting':
      return `waited ${because.join()}: ${points}`;
  }
};

const reasonWords = ({ reason, blocked }: Pick<LeftOutRow, 'reason' | 'blocked'>): string => {
  const mentors = Object.values(blocked).reduce((sum, count) => sum + count, 0);
  switch (reason.kind) {
    case 'no-mentor-allowed':
      return `The rules keep all ${mentors} mentors away`;
    case 'no-places':
      return 'No mentor allowed has a free place';
    case 'competition':
      return [
        `${counted(reason.people, 'person', 'people')} for ${counted(reason.places, 'place', 'places')} with ${reason.mentors.map((mentor) => mentor.name).join(', ')}`,
        ...shortWords(reason.short),
      ].join('; ');
    case 'below-floor':
      return 'Every mentor allowed would score below the lowest score reached';
    case 'fewer-points':
      return ['A pair would cost the round points', ...shortWords(reason.short)].join('; ');
    case 'others-preferred':
      return ['The mentors allowed have people with more points', ...shortWords(reason.short)].join('; ');
  }
};

type Short = Extract<LeftOutRow['reason'], { kind: 'competition' }>['short'];
const shortWords = (short: Short): string[] =>
  short ? [`${counted(short.points, 'point', 'points')} short with ${short.mentor.name}`] : [];

const counted = (count: number, one: string, several: string): string => `${count} ${count === 1 ? one : several}`;
