import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { roundView, runView, type RoundRules } from '@waymark/contracts';
import { Harness } from './harness';
import { ImportsOf, schemeGrades, seen, sharedFile, withSharedFiles } from './imports-file';

jest.setTimeout(60_000);

/** The scheme's own rules: shared/data/README.md. */
const rules = (places: number): RoundRules => ({
  method: 'pairs-total',
  proposalsPerMentee: places,
  placesAtMost: null,
  never: { sameUnit: true, earlierPairs: true, gradeSteps: { from: 1, to: 2 } },
  points: {
    grade: [
      { steps: 1, points: 9 },
      { steps: 2, points: 12 },
    ],
    shared: [{ attribute: 'profession', points: 10 }],
    identity: 6,
    waiting: 0,
    patience: null,
  },
});

const schemes = withSharedFiles === '' ? describe : describe.skip;

schemes(`the files of the public civil-service scheme${withSharedFiles}`, () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await Harness.start();
    await harness.startWorker();
  });
  afterAll(() => harness.stop());

  /** A round of an institution of its own, with both files loaded as they are and as guessed. */
  const loadedRound = async (size: string, places: number, wish = false) => {
    const coordinator = await harness.somebody(await harness.institution(), ['coordinator']);
    const round = roundView.parse((await harness.post('mentoring/rounds', coordinator, { name: 'Scheme' })).body);
    const imports = new ImportsOf(harness, coordinator);
    for (const side of ['mentors', 'mentees'] as const) {
      const uploaded = seen(await imports.upload(round.id, side, sharedFile(`${size}/${side}.csv`)), 201);
      const mapping = uploaded.mapping.map((each) =>
        wish && each.column === 8 && side === 'mentees' ? { ...each, field: 'identity-wish' } : each,
      );
      const previewed = seen(
        await imports.preview(uploaded, { mapping, placesDefault: places, gradeOrder: schemeGrades }),
      );
      expect(previewed.preview).toMatchObject({
        new: size === 'small' ? 50 : 500,
        changed: 0,
        unchanged: 0,
        refused: 0,
      });
      expect(await imports.applied(previewed)).toMatchObject({ status: 'applied' });
    }
    return { coordinator, imports, roundId: round.id };
  };

  const matched = async ({ coordinator, roundId }: Awaited<ReturnType<typeof loadedRound>>, places: number) => {
    const see = async () => roundView.parse((await harness.get(`mentoring/rounds/${roundId}`, coordinator)).body);
    const { version, name } = await see();
    const changed = await harness.put(`mentoring/rounds/${roundId}`, coordinator, {
      version,
      name,
      rules: rules(places),
    });
    expect(changed.status).toBe(200);
    expect(
      (await harness.post(`mentoring/rounds/${roundId}/runs`, coordinator, { version: (await see()).version })).status,
    ).toBe(200);
    await harness.until(see, ({ status }) => status !== 'matching', 60);
    const [run] = await harness.sql<{ id: string }>(`select id from run where round_id = $1`, [roundId]);
    return runView.parse((await harness.get(`mentoring/runs/${run?.id ?? ''}`, coordinator)).body);
  };

  it.each([
    ['small', 1, 35, 750],
    ['small', 3, 105, 2036],
    ['large', 1, 484, 11_480],
    ['large', 3, 1452, 34_033],
  ])('%s with %i places each way come to the known answer: %i pairs', async (size, places, count, total) => {
    const run = await matched(await loadedRound(size, places), places);
    expect({ status: run.status, count: run.count, total: run.total }).toEqual({ status: 'done', count, total });
  });

  it('keep no identity of those who did not say yes, where that column is taken for the leave', async () => {
    const { coordinator } = await loadedRound('small', 1, true);
    const [row] = await harness.sql<{ count: number }>(
      `select count(*)::int as count from identity_answer where institution_id = $1 and side = 'mentee'`,
      [coordinator.institutionId],
    );
    expect(row?.count).toBe(25);
  });

  it('change nothing the second time', async () => {
    const { imports, roundId } = await loadedRound('large', 2);
    for (const side of ['mentors', 'mentees'] as const) {
      const again = await imports.previewed(roundId, side, sharedFile(`large/${side}.csv`));
      expect(again).toMatchObject({
        preview: { new: 0, changed: 0, unchanged: 500, refused: 0, newUnits: [] },
        gradesToOrder: false,
      });
    }
  });

  it('show nothing of identity to whoever looks at them', async () => {
    const { coordinator, imports, roundId } = await loadedRound('small', 1);
    const view = await imports.previewed(roundId, 'mentees', sharedFile('small/mentees.csv'));
    const shown = [
      view,
      await imports.rows(view.id, '?pageSize=100'),
      (await harness.get(`mentoring/rounds/${roundId}/mentees?pageSize=100`, coordinator)).body,
    ];
    expect(JSON.stringify(shown)).not.toMatch(/Gay|Lesbian|Transgender|Non-binary|sexual|romantic/);
  });
});
