import { it, jest } from '@jest/globals';
import { existsSync, writeFileSync } from 'node:fs';
import { Product } from './product';
jest.setTimeout(1_400_000);
it('stays up', async () => {
  const product = await Product.start({ demonstration: true });
  try {
    const one = async (sql: string) => (await product.owner.query<{ id: string }>(sql)).rows[0]?.id ?? '';
    const here = `institution_id = (select id from institution where demonstration)`;
    const by = (g: string, f: string) => one(`select id from person where family_name = '${f}' and given_name = '${g}' and ${here}`);
    const ids = {
      round: await one(`select id from round where status = 'open' and ${here}`),
      skye: await by('Skye', 'Stirrer'),
      reed: await by('Reed', 'Reagent'),
      file: await one(`select id from staff_import where ${here} and kind = 'staff' order by applied_at desc nulls last limit 1`),
      leaver: await one(`select id from person where left_on < current_date and ${here} limit 1`),
      going: await one(`select id from person where left_on >= current_date and ${here} limit 1`),
      transfer: await one(`select t.id from transfer t join institution i on i.id = t.to_institution_id where i.demonstration`),
      away: await one(`select person_id as id from delegation where ${here} and current_date between starts_on and ends_on limit 1`).catch(() => ''),
      noemail: await one(`select id from person where email is null and left_on is null and ${here} limit 1`),
      manager: await one(`select line_manager_id as id from person where line_manager_id is not null and ${here} group by 1 order by count(*) limit 1`),
    };
    writeFileSync('/tmp/wm/judge/up.json', JSON.stringify({ address: product.address, ids }));
    while (!existsSync('/tmp/wm/judge/stop')) await new Promise((r) => setTimeout(r, 500));
  } finally {
    await product.stop();
  }
});
