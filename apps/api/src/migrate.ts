import { z } from 'zod';
import { migrate, UnfitDatabase } from './migrations';

/** `DATABASE_OWNER_URL`: a role that owns the schema, used for this alone. */
const ownerUrl = z.url({ protocol: /^postgres(ql)?$/ }).safeParse(process.env['DATABASE_OWNER_URL']);
if (!ownerUrl.success) {
  console.error(
    'DATABASE_OWNER_URL must be the address of a PostgreSQL database, as postgres://owner:password@host:5432/waymark',
  );
  process.exit(2);
}
const done = await migrate(ownerUrl.data).catch((error: unknown) => {
  console.error(error instanceof UnfitDatabase ? error.message : error);
  process.exit(1);
});
console.log(done.length === 0 ? 'The database is up to date.' : `Migrated: ${done.join(', ')}`);
