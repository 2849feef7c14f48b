// The peer of the list benchmark: Fastify and pg, one handler, nothing else. Run as a process of its own:
//   node tools/bench/bare-peer.ts KIND PORT
// KIND: search-tenancy (the directory's search: our own SQL in the same transaction), rows-tenancy (rows, JSON.stringify, the tenancy transaction pipelined as ours is), rows (the same without the
// transaction), text-tenancy (our own SQL, whose JSON PostgreSQL builds, in the same transaction).
import fastify from 'fastify';
import pg from 'pg';

const [kind, port] = process.argv.slice(2);
const institutionId = process.env['BENCH_INSTITUTION'] ?? '';
const textSql = process.env['BENCH_TEXT_SQL'] ?? '';
const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: Number(process.env['DATABASE_READ_CONNECTIONS'] ?? 10),
  pipeline: kind !== 'rows',
} as pg.PoolConfig);
const app = fastify();

const rowsQuery = (day: string, page: number, pageSize: number) => ({
  name: 'rows',
  text: `select p.id, trim(p.given_name || ' ' || p.family_name) as name, u.name as unit, p.job_title as "jobTitle", p.email,
      array(select s.name from person_skill ps join skill s on s.institution_id = $1 and s.id = ps.skill_id
        where ps.institution_id = $1 and ps.person_id = p.id order by lower(s.name)) as skills,
      array(select a.award from award_held a where a.institution_id = $1 and a.person_id = p.id
        and a.status = 'verified' and (a.valid_to is null or a.valid_to >= $2::date) order by a.awarded_on desc, a.id) as awards,
      false as similar,
      json_build_object('grade', g.name,
        'lineManager', case when m.id is null then null else json_build_object('id', m.id, 'name', trim(m.given_name || ' ' || m.family_name)) end,
        'technician', p.technician, 'active', true, 'leftOn', p.left_on,
        'roles', array(select distinct h.role from role_held h where h.institution_id = $1 and h.person_id = p.id
          and h.held_from <= $2::date and (h.held_until is null or h.held_until >= $2::date) order by h.role),
        'staffNumber', p.staff_number, 'contractUntil', p.contract_until, 'externallyFunded', p.externally_funded) as record
    from person p
    left join unit u on u.institution_id = $1 and u.id = p.unit_id
    left join grade g on g.institution_id = $1 and g.id = p.grade_id
    left join person m on m.institution_id = $1 and m.id = p.line_manager_id
    where p.institution_id = $1 and (p.left_on is null or p.left_on >= $2::date)
    order by lower(p.family_name), lower(p.given_name), p.id limit $3 offset $4`,
  values: [institutionId, day, pageSize, (page - 1) * pageSize],
});
const totalQuery = (day: string) => ({
  name: 'total',
  text: `select count(*)::int as total from person p where p.institution_id = $1 and (p.left_on is null or p.left_on >= $2::date)`,
  values: [institutionId, day],
});
const tenancy = {
  name: 'institution',
  text: `select set_config('app.institution_id', $1, true)`,
  values: [institutionId],
};

app.get('/people', async (request, reply) => {
  const query = request.query as { page?: string; pageSize?: string; search?: string };
  const [page, pageSize] = [Number(query.page ?? 1), Number(query.pageSize ?? 50)];
  const day = new Date().toISOString().slice(0, 10);
  const client = await pool.connect();
  try {
    if (kind === 'rows') {
      const rows = await client.query(rowsQuery(day, page, pageSize));
      const total = await client.query(totalQuery(day));
      return { rows: rows.rows, page, pageSize, total: (total.rows[0] as { total: number }).total, more: false };
    }
    if (kind === 'text-tenancy' || kind === 'search-tenancy') {
      const searched = kind === 'search-tenancy' ? [query.search ?? ''] : [];
      const [, , result] = await Promise.all([
        client.query('begin read only'),
        client.query(tenancy),
        client.query({
          name: 'text',
          text: textSql,
          values: [institutionId, day, ...searched, pageSize, (page - 1) * pageSize],
        }),
        client.query('commit'),
      ]);
      void reply.header('content-type', 'application/json; charset=utf-8');
      return (result.rows[0] as { body: string }).body;
    }
    const [, , rows, total] = await Promise.all([
      client.query('begin read only'),
      client.query(tenancy),
      client.query(rowsQuery(day, page, pageSize)),
      client.query(totalQuery(day)),
      client.query('commit'),
    ]);
    return { rows: rows.rows, page, pageSize, total: (total.rows[0] as { total: number }).total, more: false };
  } finally {
    client.release();
  }
});

await app.listen({ port: Number(port), host: '127.0.0.1' });
