import type { ApplicationDraft } from '@waymark/contracts';
import { DateTime } from 'luxon';
import { randomUUIDv7 } from 'node:crypto';
import type { Random } from './random';

/* What the people of the demonstration ask money for. No event, place or society is real. */

/** Its name, where it is, and for how many days. */
type Event = readonly [name: string, place: string, days: number];

const events: readonly [Event, ...Event[]] = [
  ['National Glassblowers’ Symposium', 'Fellmouth', 3],
  ['Microscopy for Technicians', 'Sallow Vale', 2],
  ['Digital Fabrication Week', 'Port Ansel', 4],
  ['Machine Tools and Metrology Days', 'Tarnside', 2],
  ['Histology Workshop Forum', 'Westering', 2],
  ['Zebrafish Facilities Meeting', 'Lower Quay', 3],
  ['Kiln and Glaze Conference', 'Burnhope', 2],
  ['Mass Spectrometry User Days', 'Carrow Bridge', 2],
  ['Safe Lifting and Rigging Course', 'Stonegate', 2],
  ['Open Hardware in Teaching', 'Fellmouth', 1],
  ['Laboratory Sustainability Congress', 'Ebb Harbour', 3],
  ['Theatre Technicians’ Assembly', 'Westering', 2],
  ['Vacuum and Cryogenics School', 'Tarnside', 5],
  ['Photography Archives Meeting', 'Port Ansel', 2],
  ['Plant Growth Facilities Network', 'Lower Quay', 2],
  ['Electronics Repair and Reuse Summit', 'Carrow Bridge', 1],
];

const cases = [
  'I look after the workshop for four research groups and have taught myself most of what I do. There is a bench session on the very joint that three of them ask for, and that we now send out at about £240 a piece. I have been offered a place in it and would bring the method back for all of us.',
  'Our teaching laboratory sees 180 students a week on equipment that is older than they are. The programme has half a day on keeping such instruments in use, and the people who maintain the same model elsewhere will be there. We had eleven days without it last year.',
  'We are about to buy a machine that nobody here has run before. Two days with those who have would save us the first months of mistakes, and I would write the induction that every user then goes through.',
  'I have kept a log of 61 repairs over a year, with photographs of how each one failed, and was asked to show it. I have never spoken outside the university, and would like the questions that people from other places put to it.',
  'The rules for our area change in spring. Those who wrote the guidance hold a day on it, and questions can be put to them. I am the one who has to make our procedures fit, and would sooner ask than guess.',
  'I moved into this job from industry and know nobody who does the same elsewhere. This is the meeting where they are. I would come home with names to ring, and with two visits arranged for my colleagues.',
] as const;

const objectives = [
  'Learn the method well enough to teach it to two colleagues',
  'Compare our maintenance plan with those of three other places',
  'Bring back a written procedure that we can use in spring',
  'Meet four people who run the same equipment',
  'Find out what it would cost us to change',
] as const;

const hows = [
  'A demonstration at the bench for everybody who wants one.',
  'Twenty minutes at the next staff meeting, and the slides in our shared folder.',
  'A page for the newsletter with photographs.',
] as const;

/** An application as somebody would fill it in: complete, and within the cap of £1,500. */
export const inventApplication = (random: Random, startsOn: DateTime): ApplicationDraft => {
  const [name, place, days] = random.one(events);
  const pounds = (least: number, steps: number, step: number): number => least + random.below(steps) * step;
  const registration = pounds(90, 12, 25);
  const travel = pounds(38, 20, 9.4);
  const nights = days - 1;
  const line = (category: ApplicationDraft['costs'][number]['category'], what: string, amount: number) => ({
    ...{ id: randomUUIDv7(), category, what, note: '', foreign: null },
    amount: amount.toFixed(2),
  });
  const costs = [
    line('registration', 'Early rate, full meeting', registration),
    line('travel', 'Train, advance fare, return', travel),
    ...(nights > 0
      ? [line('accommodation', `${nights === 1 ? 'One night' : `${nights} nights`}, college room`, nights * 74)]
      : []),
    line('subsistence', 'Evening meals', days * 21.5),
    ...(random.chance(0.15) ? [line('carer-and-access', 'After-school care while I am away', days * 48)] : []),
  ];
  const total = costs.reduce((sum, { amount }) => sum + Number(amount), 0);
  const other = random.chance(0.2) ? 80 : 0;
  const asked = total - other;
  const talk = random.chance(0.3);
  return {
    event: {
      ...{ name, place, link: '', onAbstract: talk && random.chance(0.4) },
      startsOn: startsOn.toISODate() ?? '',
      endsOn: startsOn.plus({ days: days - 1 }).toISODate() ?? '',
      as: talk ? 'talk' : random.chance(0.3) ? 'workshop' : 'attending',
    },
    costs,
    otherFunding:
      other > 0
        ? [{ id: randomUUIDv7(), from: 'Society travel grant', amount: other.toFixed(2), confirmed: true }]
        : [],
    least: (Math.floor((asked * (0.55 + random.below(40) / 100)) / 10) * 10).toFixed(2),
    upFront: random.chance(0.4)
      ? { amount: registration.toFixed(2), by: random.chance(0.5) ? 'advance' : 'department-card' }
      : { amount: '', by: 'nothing' },
    case: random.one(cases),
    objectives: random.some(objectives, 2),
    sharing: { way: random.chance(0.5) ? 'staff-meeting' : 'demonstration', how: random.one(hows) },
    answers: {},
  };
};
