import {
  AddClosureDays,
  AddDelegation,
  AddInstitution,
  AddPerson,
  AnswerInvitation,
  AskCorrection,
  CreateNetwork,
  DeclareAward,
  DecideAward,
  GrantRole,
  hashPassword,
  InviteToNetwork,
  MarkLeaving,
  Networks,
  StartTransfer,
} from '@waymark/api-people';
import { type Actor, Transactions } from '@waymark/api-platform';
import type { CallView, GrantableRole } from '@waymark/contracts';
import { DateTime } from 'luxon';
import { cast, type CastMember, castRoles, demonstrationPassword } from './cast';
import { awardsFile, staffFile } from './files';
import { type InventedPerson, inventStaff, listsCount } from './invent-staff';
import { loadFile } from './load-file';
import { holdCallsUnderWay, holdFirstCall, openLastCall, payForFirstCall } from './home-calls';
import type { CallPlayers } from './play-calls';
import { type Books, closeYears, fundsOfHome, fundsOfOthers, openBooks } from './play-pots';
import {
  agree,
  answer,
  changeRules,
  closeRound,
  openRound,
  releaseRound,
  type RoundPlayers,
  rows,
  runRound,
  usualRules,
  wishesOf,
} from './play-round';
import { Random } from './random';
import { type DemonstrationInstitution, networkName, region } from './region';
import type { Stage, Stand } from './stage';

/** An institution with its invented people while it is played. */
interface Player extends RoundPlayers {
  staff: readonly InventedPerson[];
  administrator: Actor;
  administratorEmail: string;
  /** From the first list on. */
  verifier: Actor | null;
  finance: Actor | null;
  lead: Actor | null;
  /** Of the three largest institutions, from the second list on. */
  books: Books | null;
}

/** Months before today at which the three staff lists are loaded, and the rounds between them are held. */
const listMonths = [26, 14, 7] as const;
const roundMonths = [24, 12, 5] as const;

/** Two years of the region, from the first institution to this morning. */
export const playRegion = async (stage: Stage): Promise<void> => {
  await stage.goTo({ months: 27 });
  const taken = new Set(cast.map(({ givenName, familyName }) => `${givenName} ${familyName}`));
  const players: Player[] = [];
  for (const institution of region) players.push(await found(stage, institution, taken));

  let firstCall: CallView | null = null;
  for (const [list, months] of listMonths.entries()) {
    await stage.goTo({ months });
    for (const player of players) await loadList(stage, player, list);
    if (list === 0) await joinTogether(stage, players);
    await keepBooks(stage, players.slice(0, 3), list);
    await holdRounds(stage, players.slice(0, 3), roundMonths[list] ?? 0, list);
    if (list === 1) firstCall = await holdFirstCall(stage, callPlayers(players[0]));
  }
  if (firstCall) await payForFirstCall(stage, callPlayers(players[0]), firstCall);
  await holdCallsUnderWay(stage, callPlayers(players[0]));
  await present(stage, players);
};

/** Who plays a call of the first institution's fund, out of the pot that is open now. */
const callPlayers = (player: Player | undefined): CallPlayers => {
  const pot = player?.books?.pots[0];
  if (!player?.finance || !player.lead || !pot) throw new Error('the first institution has no fund');
  const { stand, random, coordinator, lead, finance } = player;
  return { stand, random, coordinator, lead, finance, pot };
};

/** The three largest have funds from the second list on; their years are closed as they end. */
const keepBooks = async (stage: Stage, players: readonly Player[], list: number): Promise<void> => {
  for (const player of players) {
    if (player.finance === null) continue;
    if (player.books) await closeYears(stage, player.finance, player.books);
    else if (list === 1) {
      const funds = player.institution === region[0] ? fundsOfHome : fundsOfOthers;
      player.books = await openBooks(stage, player.finance, funds);
    }
  }
};

/** The institution and its administrator; the others come with the first list. */
const found = async (stage: Stage, institution: DemonstrationInstitution, taken: Set<string>): Promise<Player> => {
  const staff = [...(institution === region[0] ? cast : []), ...inventStaff(institution, taken)];
  const keeper =
    institution === region[0]
      ? staff.find(({ familyName }) => familyName === 'Inkwell')
      : staff.find(({ manager }) => manager === null);
  if (!keeper) throw new Error('an institution of the demonstration has nobody');
  const { institutionId } = await stage.of(AddInstitution).run({
    name: institution.name,
    nation: institution.nation,
    timeZone: 'Europe/London',
    givenName: keeper.givenName,
    familyName: keeper.familyName,
    email: keeper.email,
    alsoCoordinator: false,
  });
  const stand: Stand = { institutionId, name: institution.name };
  const person = await personNamed(stage, stand, `${keeper.givenName} ${keeper.familyName}`);
  const administrator = stage.actor(stand, person, ['institution-administrator']);
  return {
    stand,
    institution,
    staff,
    administrator,
    administratorEmail: keeper.email,
    // Until somebody is appointed with the first list.
    coordinator: administrator,
    verifier: null,
    finance: null,
    lead: null,
    books: null,
    random: new Random(`${institution.domain} plays`),
    list: 0,
  };
};

/** The first institution founds the network, and the others come in. */
const joinTogether = async (stage: Stage, [home, ...others]: readonly Player[]): Promise<void> => {
  if (!home) return;
  const { networks } = await stage.of(CreateNetwork).run(home.administrator, { name: networkName });
  const network = networks.find(({ name }) => name === networkName);
  if (!network) throw new Error('the demonstration’s network is gone');
  for (const { administratorEmail } of others) {
    await stage.of(InviteToNetwork).run(home.administrator, network.id, { email: administratorEmail });
  }
  await stage.days(2);
  for (const { administrator } of others) {
    const { received } = await stage.of(Networks).see(administrator);
    for (const { id } of received) await stage.of(AnswerInvitation).run(administrator, id, 'accepted');
  }
  await stage.settle();
};

/** A staff list, its leavers, and the awards of the time since the last one. */
const loadList = async (stage: Stage, player: Player, list: number): Promise<void> => {
  player.list = list;
  const { institution, staff, administrator } = player;
  await loadFile(stage, administrator, {
    kind: 'staff',
    fileName: `staff-${stage.now.getFullYear()}.csv`,
    content: staffFile(institution, staff, list, stage.today),
    gradeOrder: institution.grades,
    missingAreLeavers: list > 0,
  });
  await stage.tick('leavers');
  if (list === 0) await appoint(stage, player);
  await loadAwards(stage, player, { from: list === 0 ? 600 : (listMonths[list - 1] ?? 0), to: listMonths[list] ?? 0 });
};

/** Awards of the months between, `from` the earlier, as the bodies' lists have them; then somebody looks through them. */
const loadAwards = async (stage: Stage, player: Player, months: { from: number; to: number }): Promise<void> => {
  const content = awardsFile(player.staff, player.list, months, stage.today);
  if (content) await loadFile(stage, player.administrator, { kind: 'awards', fileName: 'awards.csv', content });
  await verifyAwards(stage, player);
};

/** Roles of the first institution as its cast has them; elsewhere the head coordinates, and a manager keeps the rest. */
const appoint = async (stage: Stage, player: Player): Promise<void> => {
  const { stand, administrator, staff } = player;
  const wanted: { name: string; role: GrantableRole }[] =
    player.institution === region[0]
      ? [...castRoles]
      : (['coordinator', 'award-verifier', 'programme-lead', 'auditor', 'finance-officer'] as const).map((role, at) => {
          const leads = staff.filter(({ manager, until }) => manager !== null && until === listsCount - 1);
          const person = leads[at % leads.length];
          return { name: person ? `${person.givenName} ${person.familyName}` : '', role };
        });
  for (const { name, role } of wanted) {
    const person = await personNamed(stage, stand, name);
    if (person.id !== administrator.personId) {
      await stage.of(GrantRole).run(administrator, person.id, { role, from: null, until: null });
    }
    if (role === 'coordinator') player.coordinator = stage.actor(stand, person, ['coordinator']);
    if (role === 'award-verifier') player.verifier = stage.actor(stand, person, ['award-verifier']);
    if (role === 'programme-lead') player.lead = stage.actor(stand, person, ['programme-lead']);
    if (role === 'finance-officer') player.finance = stage.actor(stand, person, ['finance-officer']);
  }
};

/** The verifier looks through what was declared: nearly all of it is right. */
const verifyAwards = async (stage: Stage, { stand, verifier, random }: Player): Promise<void> => {
  if (!verifier) return;
  const today = DateTime.fromJSDate(stage.now, { zone: 'Europe/London' }).toISODate();
  const declared = await rows<{ id: string; version: number }>(
    stage,
    stand,
    `select a.id, a.version from award_held a join person p on p.institution_id = $1 and p.id = a.person_id
     where a.institution_id = $1 and a.status = 'declared' and a.person_id <> $2
       and (a.valid_to is null or a.valid_to >= $3::date) order by p.email, a.body`,
    [verifier.personId, today],
  );
  for (const { id, version } of declared) {
    if (random.chance(0.97)) await stage.of(DecideAward).verify(verifier, id, version);
    else await stage.of(DecideAward).reject(verifier, id, version, 'not-in-register');
  }
  await stage.settle();
};

/** A round at the three largest institutions, from its files to its pairs. */
const holdRounds = async (stage: Stage, players: readonly Player[], months: number, list: number): Promise<void> => {
  await stage.goTo({ months });
  const rounds: { player: Player; id: string }[] = [];
  for (const player of players) {
    const round = await openRound(stage, player, roundName(stage.now), sidesOf(player, list), wishesOf(player.random));
    await runRound(stage, player, round.id);
    rounds.push({ player, id: round.id });
  }
  await stage.days(1);
  for (const { player, id } of rounds) await releaseRound(stage, player, id);
  for (const share of [0.5, 0.6, 0.3]) {
    await stage.days(3);
    for (const { player } of rounds) {
      await answer(stage, player, share);
      await agree(stage, player, 0.8);
    }
  }
  // What nobody answered expires, goes on to the next mentor, and is answered there or not.
  for (let wave = 0; wave < 2; wave += 1) {
    await stage.days(15);
    await stage.tick('expire-proposals');
    for (const { player } of rounds) {
      await answer(stage, player, 0.8);
      await agree(stage, player, 0.9);
    }
  }
  await stage.days(25);
  await stage.tick('expire-proposals');
  await stage.tick('complete-pairs');
  for (const { player, id } of rounds) await closeRound(stage, player, id);
};

/** Rounds are named for their season, and a winter for the year in which it ends. */
const roundName = (at: Date): string => {
  const day = DateTime.fromJSDate(at, { zone: 'Europe/London' });
  const season = ['Winter', 'Spring', 'Summer', 'Autumn'][Math.floor((day.month % 12) / 3)] ?? 'Winter';
  return `${season} ${day.month === 12 ? day.year + 1 : day.year} round`;
};

/** Who offers and who asks this time: technicians of the list who are not of the cast, which waits for the open round. */
const sidesOf = ({ staff, random }: Player, list: number) => {
  const there = staff.filter(
    (person) => person.technician && person.from <= list && list <= person.until && !isCast(person),
  );
  const mentors = there.filter((person) => (person.grade[list] ?? 0) >= 2 && random.chance(0.3));
  const mentees = there.filter(
    (person) => !mentors.includes(person) && (person.grade[list] ?? 0) < 4 && random.chance(0.17),
  );
  return { mentors, mentees };
};

const isCast = (person: InventedPerson): person is CastMember => 'part' in person;

/** How the region stands this morning: an open round, one in review, one with answers outstanding. */
const present = async (stage: Stage, players: readonly Player[]): Promise<void> => {
  const [home, second, third] = players;
  if (!home || !second || !third) return;
  const name = roundName(stage.today);
  const list = listsCount - 1;

  await stage.goTo({ days: 12 });
  await keepBooks(stage, [home, second, third], list);
  for (const player of players) await loadAwards(stage, player, { from: listMonths[list] ?? 0, to: 0 });
  await stage.tick('expire-proposals');
  await stage.tick('complete-pairs');
  const waiting = await openRound(stage, third, name, sidesOf(third, list), wishesOf(third.random));
  await runRound(stage, third, waiting.id);
  await stage.goTo({ days: 8 });
  const lastCall = await openLastCall(stage, callPlayers(home));
  await releaseRound(stage, third, waiting.id);
  const reviewed = await openRound(stage, second, name, sidesOf(second, list), wishesOf(second.random));
  await runRound(stage, second, reviewed.id);
  await stage.goTo({ days: 5 });
  await lastCall.apply();
  await answer(stage, third, 0.4);
  await agree(stage, third, 0.5);
  await changeRules(stage, second, reviewed.id, {
    ...usualRules,
    points: {
      ...usualRules.points,
      waiting: 25,
      patience: null,
      shared: usualRules.points.shared.map((one) => ({ ...one, points: 40 })),
    },
  });
  await runRound(stage, second, reviewed.id);

  await stage.goTo({ days: 4 });
  await lastCall.endorse();
  const members = cast.filter((person) => person.part !== null);
  await openRound(
    stage,
    home,
    name,
    {
      mentors: members.filter(({ part }) => part === 'mentor'),
      mentees: members.filter(({ part }) => part === 'mentee'),
    },
    (person) => {
      const { skills, places, campus } = person as CastMember;
      return { skills, places, campus };
    },
  );
  await thisWeek(stage, home, second);
  await stage.goTo({});
};

/** What an administrator of the first institution finds this morning. */
const thisWeek = async (stage: Stage, home: Player, neighbour: Player): Promise<void> => {
  const { stand, administrator } = home;
  const day = (days: number) =>
    DateTime.fromJSDate(stage.today, { zone: 'Europe/London' }).plus({ days }).toISODate() ?? '';
  const as = async (name: string) => stage.actor(stand, await personNamed(stage, stand, name), ['technician']);

  for (const { name, month, from, to } of home.institution.closures) {
    const { year } = DateTime.fromJSDate(stage.today);
    const on = (dayOfMonth: number) => DateTime.utc(year, month, dayOfMonth).toISODate() ?? '';
    await stage.of(AddClosureDays).run(administrator, { name, from: on(from), until: on(to) });
  }
  // Away until next week: somebody else decides for her.
  const away = await as('Hazel Gasket');
  const { id: delegateId } = await personNamed(stage, stand, 'Sage Separator');
  await stage
    .of(AddDelegation)
    .run(away, away.personId, { delegateId, reason: 'holiday', from: day(0), until: day(6) });
  // Not in HR's list: paid by a research council, and somebody in the workshop without an address.
  for (const { givenName, familyName, email, externallyFunded } of [
    {
      givenName: 'Petra',
      familyName: 'Potentiometer',
      email: 'petra.potentiometer@kelder-bridge.example',
      externallyFunded: true,
    },
    { givenName: 'Jim', familyName: 'Joist', email: null, externallyFunded: false },
  ]) {
    await stage.of(AddPerson).run(administrator, {
      givenName,
      familyName,
      email,
      jobTitle: 'Technician',
      unitId: null,
      gradeId: null,
      lineManagerId: away.personId,
      technician: true,
      staffNumber: null,
      contractUntil: externallyFunded ? day(400) : null,
      externallyFunded,
      skills: [],
      invite: false,
    });
  }
  // Fresh awards for the verifier, and a wish for a correction.
  for (const [name, award, months] of [
    ['Reed Reagent', 'RSciTech', 1],
    ['Fern Beaker', 'RSciTech', 2],
    ['Tilda Trowel', 'AFHEA', 3],
  ] as const) {
    await stage.of(DeclareAward).run(await as(name), {
      body: award === 'AFHEA' ? 'Advance HE' : 'Science Council',
      award,
      number: null,
      awardedOn: day(-30 * months),
      validTo: day(365 * 5),
    });
  }
  await stage.of(AskCorrection).run(await as('Reed Reagent'), {
    field: 'job-title',
    shouldBe: 'Senior technician',
    why: 'Regraded last month; the list still has the old title.',
  });
  // One goes at the end of next week, one would come here from the next university.
  const leaver = await personNamed(stage, stand, 'Ugo Umbel');
  await stage.of(MarkLeaving).run(administrator, leaver.id, { lastDay: day(9), version: leaver.version });
  const [moving] = await rows<{ id: string }>(
    stage,
    neighbour.stand,
    `select id from person p where institution_id = $1 and technician and left_on is null and email is not null
       and not exists (select from role_held h where h.institution_id = $1 and h.person_id = p.id)
       and not exists (select from person r where r.institution_id = $1 and r.line_manager_id = p.id)
       and exists (select from award_held a where a.institution_id = $1 and a.person_id = p.id and a.status = 'verified')
     order by email limit 1`,
  );
  if (moving) {
    await stage.of(StartTransfer).run(neighbour.administrator, moving.id, {
      toInstitutionId: stand.institutionId,
      lastDay: day(20),
      firstDay: day(21),
    });
  }
  await stage.settle();
};

/** The accounts that the sign-in page offers can be opened with one password. */
export const openAccounts = async (stage: Stage): Promise<void> => {
  const passwordHash = await hashPassword(demonstrationPassword);
  await stage
    .of(Transactions)
    .runGlobal((manager) =>
      manager.query(`update account set password_hash = $1 where email like '%.example'`, [passwordHash]),
    );
};

const personNamed = async (
  stage: Stage,
  stand: Stand,
  name: string,
): Promise<{ id: string; name: string; version: number }> => {
  const [person] = await rows<{ id: string; name: string; version: number }>(
    stage,
    stand,
    `select id, given_name || ' ' || family_name as name, version from person
     where institution_id = $1 and given_name || ' ' || family_name = $2 limit 1`,
    [name],
  );
  if (!person) throw new Error(`nobody in the demonstration is called ${name}`);
  return person;
};
