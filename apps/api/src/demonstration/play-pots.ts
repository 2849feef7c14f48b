import {
  AddCostCode,
  AddPot,
  CorrectEntry,
  Entries,
  FundPot,
  RollPotOver,
  TransferBetweenPots,
} from '@waymark/api-funding';
import type { Actor } from '@waymark/api-platform';
import type { PotView } from '@waymark/contracts';
import { DateTime } from 'luxon';
import type { Stage } from './stage';

/** A fund of the demonstration: what it is for, under which code, and what it is given each year. */
interface Fund {
  name: string;
  costCode: string;
  codeName: string;
  yearlyPence: number;
  source: string;
}

/** The pots that are open. */
export interface Books {
  funds: readonly Fund[];
  pots: PotView[];
}

export const fundsOfHome: readonly Fund[] = [
  {
    name: 'Conference and travel fund',
    costCode: 'TS-1042',
    codeName: 'Technicians’ development',
    yearlyPence: 24_000_00,
    source: 'Allocation of the technical services board',
  },
  {
    name: 'Carers’ and access fund',
    costCode: 'TS-1043',
    codeName: 'Inclusion, technical services',
    yearlyPence: 3_500_00,
    source: 'Half from the equality office, half from the board',
  },
];
export const fundsOfOthers: readonly Fund[] = [
  {
    name: 'Development fund',
    costCode: '40-7731',
    codeName: 'Staff development, technical',
    yearlyPence: 9_750_00,
    source: 'Yearly allocation',
  },
];

const movedPence = 1_200_00;

/** The financial year of universities begins on the first of August. */
const yearAt = (at: Date): number => {
  const day = DateTime.fromJSDate(at, { zone: 'Europe/London' });
  return day.month >= 8 ? day.year : day.year - 1;
};

/** Codes and pots are made and given their money; the first sum is a slip of the keys and is taken back. */
export const openBooks = async (stage: Stage, finance: Actor, funds: readonly Fund[]): Promise<Books> => {
  const pots: PotView[] = [];
  const financialYear = yearAt(stage.now);
  for (const [at, { name, costCode, codeName, yearlyPence, source }] of funds.entries()) {
    const { rows } = await stage.of(AddCostCode).run(finance, { code: costCode, name: codeName });
    const costCodeId = rows.find(({ code }) => code === costCode)?.id ?? '';
    const pot = await stage.of(AddPot).run(finance, { name, financialYear, costCodeId });
    if (at === 0) await mistype(stage, finance, pot, yearlyPence * 10, source);
    pots.push(await stage.of(FundPot).run(finance, pot.id, { amountPence: yearlyPence, reason: source }));
  }
  const [first, second] = pots;
  if (first && second) {
    const reason = 'Two carers’ claims were foreseen, and none had been planned for';
    const input = { toPotId: second.id, amountPence: movedPence, reason };
    pots[0] = await stage.of(TransferBetweenPots).run(finance, first.id, input);
  }
  return { funds, pots };
};

const mistype = async (
  stage: Stage,
  finance: Actor,
  pot: PotView,
  amountPence: number,
  reason: string,
): Promise<void> => {
  await stage.of(FundPot).run(finance, pot.id, { amountPence, reason });
  const { rows } = await stage.of(Entries).page(finance, pot.id, { page: 1, pageSize: 1 });
  if (rows[0]) await stage.of(CorrectEntry).run(finance, rows[0].id, { reason: 'A nought too many' });
};

/** Rolls over what is left of a year that has ended, and puts in the new year's money. */
export const closeYears = async (stage: Stage, finance: Actor, { funds, pots }: Books): Promise<void> => {
  for (const [at, old] of pots.entries()) {
    let pot = old;
    while (pot.financialYear < yearAt(stage.now)) {
      const { id } = await stage.of(RollPotOver).run(finance, pot.id, { version: pot.version });
      const { yearlyPence: amountPence, source: reason } = funds[at] ?? { yearlyPence: 0, source: '' };
      pot = await stage.of(FundPot).run(finance, id, { amountPence, reason });
    }
    pots[at] = pot;
  }
};
