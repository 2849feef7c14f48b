import type { CallView } from '@waymark/contracts';
import { DateTime } from 'luxon';
import {
  apply,
  assignPanel,
  type CallPlayers,
  claim,
  compareMethods,
  decide,
  endorse,
  openCall,
  score,
  takeUp,
  whoMightApply,
} from './play-calls';
import type { Stage } from './stage';

/* The calls of the first institution: one that is past, one to be allocated, one being read, one that is open. */

/**
 * The first one chairs. Nobody of them is in the open round: who reads somebody's application is never their mentor, and the
 * people whom one meets first should have a pair to answer.
 */
const panel = [
  'Sage Separator',
  'Tilda Trowel',
  'Quill Quadrant',
  'Pia Plunger',
  'Sami Syringe',
  'Vera Verity',
] as const;

/** Nobody reads their own manager's application; so who manages most of the panel does not apply. */
const never: readonly string[] = [...panel, 'Hazel Gasket'];

const keenTechnicians = [
  'Reed Reagent',
  'Tamsin Torque',
  'Marsh Manifold',
  'Fern Beaker',
  'Heath Fixture',
  'Ash Micrometer',
  'Yusuf Yoke',
  'Zofia Zener',
  'Idris Incubator',
  'Clover Cuvette',
] as const;

/** Calls are named for the month in which they open: `September 2026`. */
const monthOf = (at: Date): string => DateTime.fromJSDate(at, { zone: 'Europe/London' }).toFormat('LLLL yyyy');

/** The first call: from its opening to the awards taken up. */
export const holdFirstCall = async (stage: Stage, players: CallPlayers): Promise<CallView> => {
  await stage.goTo({ months: 9 });
  const name = `Conference fund, ${monthOf(stage.now)}`;
  const call = await openCall(stage, players, { name, budgetPence: 700_000, days: 18, nextYear: false });
  await stage.days(6);
  const others = await whoMightApply(stage, players, 18, { never: [...never, ...keenTechnicians] });
  await apply(stage, players, call, others, { eventInDays: 62 });
  await endorse(stage, players, call, 0.6);
  await stage.days(5);
  await endorse(stage, players, call, 1);
  await stage.days(14);
  await assignPanel(stage, players, call, panel);
  await stage.days(9);
  await score(stage, players, call);
  await decide(stage, players, await compareMethods(stage, players, call));
  await stage.days(4);
  await takeUp(stage, players, call, 0.9);
  return call;
};

/** After the events of the first call: claims paid, and some to be decided. */
export const payForFirstCall = async (stage: Stage, players: CallPlayers, call: CallView): Promise<void> => {
  await stage.goTo({ months: 2, days: 20 });
  await stage.tick('lapse-offers');
  await stage.settle();
  await claim(stage, players, call, { share: 0.6, pay: true });
  await claim(stage, players, call, { share: 0.7, pay: false });
};

/** Then one call that waits to be allocated, and another that is being read. */
export const holdCallsUnderWay = async (stage: Stage, players: CallPlayers): Promise<void> => {
  await stage.goTo({ months: 2, days: 18 });
  const allocated = await openCall(stage, players, {
    ...{ name: `Conference fund, ${monthOf(stage.now)}`, budgetPence: 900_000 },
    ...{ days: 15, nextYear: true },
  });
  await stage.days(5);
  const applicants = await whoMightApply(stage, players, 24, { first: keenTechnicians, never });
  await apply(stage, players, allocated, applicants, { eventInDays: 110 });
  await stage.days(4);
  await endorse(stage, players, allocated, 1);
  await stage.days(14);
  await assignPanel(stage, players, allocated, panel);

  const skills = await openCall(stage, players, {
    ...{ name: `Skills and short courses, ${monthOf(stage.now)}`, budgetPence: 350_000 },
    ...{ days: 10, nextYear: true },
  });
  await stage.days(4);
  await apply(stage, players, skills, await whoMightApply(stage, players, 9, { never }), { eventInDays: 90 });
  await endorse(stage, players, skills, 1);
  await stage.days(2);
  await score(stage, players, allocated);
  await compareMethods(stage, players, allocated);
  await stage.days(12);
  await assignPanel(stage, players, skills, panel);
  await score(stage, players, skills, 0.4);
};

/** The last, open this morning: with drafts, with some to be endorsed, and some that are. */
export const openLastCall = async (stage: Stage, players: CallPlayers) => {
  const name = `Conference fund, ${monthOf(stage.now)}`;
  const call = await openCall(stage, players, { name, budgetPence: 700_000, days: 26, nextYear: true });
  return {
    apply: async (): Promise<void> => {
      const first = ['Reed Reagent', 'Bay Bobbin', 'Hazel Hacksaw', 'Sorrel Sieve', 'Tove Tongs', 'Milo Mortar'];
      const applicants = await whoMightApply(stage, players, 13, { first, never });
      await apply(stage, players, call, applicants, { eventInDays: 70, draftsOnly: 2 });
    },
    endorse: (): Promise<void> => endorse(stage, players, call, 0.35),
  };
};
