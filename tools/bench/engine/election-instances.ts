import type { BallotLine, EqualSharesInput, FundApplication } from '../../engine/matching-engine.ts';
import { draws } from './instances.ts';

type Rules = Pick<EqualSharesInput, 'completion' | 'increment' | 'tie' | 'seed'>;
const RULES: Rules = { completion: 'add1', increment: 1, tie: ['votes', 'cost'], seed: 'bench' };

/**
 * A town's election: costs spread over two orders of magnitude, projects of eight districts and of unlike popularity,
 * from one approval to about twenty on a ballot, most of them for one's own district.
 */
export function townElection(voters: number, projects: number, seed: number): EqualSharesInput {
  const below = draws(seed);
  const unit = () => below(1 << 20) / 2 ** 20;
  const district = Array.from({ length: projects }, () => below(8));
  const popularity = Array.from({ length: projects }, () => Math.exp(1.2 * (unit() + unit() + unit() - 1.5)));
  const applications = Array.from({ length: projects }, (_, at) => ({
    id: `p${String(at).padStart(3, '0')}`,
    amount: 100 * Math.round(Math.exp(8 + 3.5 * unit()) / 100),
    score: 0,
  }));
  const ballots: BallotLine[] = [];
  for (let voter = 0; voter < voters; voter++) {
    const home = below(8);
    const liking = popularity.map((weight, at) => weight * (district[at] === home ? 6 : 1) * Math.sqrt(unit()));
    const order = applications.map(({ id }, at) => ({ id, liking: liking[at] ?? 0 }));
    order.sort((a, b) => b.liking - a.liking);
    for (const { id } of order.slice(0, 1 + Math.floor(unit() * unit() * 20))) {
      ballots.push({ panellist: `v${voter}`, id, points: 1 });
    }
  }
  return { ...RULES, applications, ballots, budget: 15_000 * projects, utility: 'cost' };
}

/**
 * A call with reviews: each application is scored from 0 to 100 by three panellists who mostly agree. Amounts from £50 to
 * £3,000 in pence; the budget is for about a fifth of what is asked.
 */
export function panelCall(applications: number, panellists: number, seed: number): EqualSharesInput {
  const below = draws(seed);
  const asked: FundApplication[] = [];
  const ballots: BallotLine[] = [];
  for (let at = 0; at < applications; at++) {
    const id = `a${String(at).padStart(5, '0')}`;
    const quality = 30 + below(61);
    const reviewers = new Set<number>();
    while (reviewers.size < Math.min(3, panellists)) reviewers.add(below(panellists));
    let score = 0;
    for (const reviewer of reviewers) {
      const points = Math.max(0, quality + below(21) - 10);
      score += points;
      ballots.push({ panellist: `r${reviewer}`, id, points });
    }
    asked.push({ id, score, amount: 100 * (50 + below(2951)), group: `unit ${below(12)}` });
  }
  const all = asked.reduce((sum, { amount }) => sum + amount, 0);
  return { ...RULES, increment: 100, applications: asked, ballots, budget: Math.floor(all / 5), utility: 'points' };
}
