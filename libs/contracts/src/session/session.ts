import { z } from 'zod';
import { email, id, instant, requiredText, text } from '../platform/fields';
import { permissions, roles } from '../platform/roles';

/** Twelve characters at least; length is what makes a password strong (NIST SP 800-63B). */
export const newPassword = z
  .string()
  .min(12)
  .max(200)
  .regex(/^[^\u0000]*$/, 'nul');

export const signIn = z.strictObject({
  email,
  password: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\u0000]*$/, 'nul'),
});
export type SignIn = z.infer<typeof signIn>;

/** GET /api/session: public, so that the shell can ask before anybody has signed in. */
export const sessionView = z.discriminatedUnion('signedIn', [
  z.object({ signedIn: z.literal(false), demonstration: z.boolean(), setUpNeeded: z.boolean() }),
  z.object({
    signedIn: z.literal(true),
    demonstration: z.boolean(),
    person: z.object({ id, name: z.string(), givenName: z.string() }),
    institution: z.object({ id, name: z.string(), timeZone: z.string() }),
    /** Who acts for `person`, where somebody does, and when that ends unless it is used. */
    acting: z.object({ by: z.object({ id, name: z.string() }), until: instant }).nullable(),
    /** Acting for somebody ended without its owner's doing: they must see it before anything else is done. */
    actingEnded: z.boolean(),
    roles: z.array(z.enum(roles)),
    permissions: z.array(z.enum(permissions)),
  }),
]);
export type SessionView = z.infer<typeof sessionView>;
export type SignedIn = Extract<SessionView, { signedIn: true }>;

/** POST /api/people/:id/act and DELETE /api/session/acting: answered with the session as it is from then on. */
export const actForPerson = z.strictObject({});

/** GET /api/demonstration/accounts: one account for each role; refused outside demonstration mode. */
export const demonstrationAccounts = z.object({
  accounts: z.array(z.object({ role: z.enum(roles), name: z.string(), email: z.string(), password: z.string() })),
});
export type DemonstrationAccounts = z.infer<typeof demonstrationAccounts>;

/** GET /api/demonstration/mail: messages kept because no mail server is configured; demonstration mode only. */
export const demonstrationMailQuery = z.strictObject({ to: text(254).optional() });
export const demonstrationMail = z.object({
  messages: z.array(z.object({ id, to: z.string(), subject: z.string(), text: z.string(), at: z.string() })),
});
export type DemonstrationMail = z.infer<typeof demonstrationMail>;

/** POST /api/password-links: always answered alike, whether the address is known or not. */
export const askPasswordLink = z.strictObject({ email });

export const passwordLinkToken = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/);
export const passwordLinkParams = z.strictObject({ token: passwordLinkToken });

/** GET /api/password-links/:token: whose link it is. Opening changes nothing. */
export const passwordLinkView = z.object({ email: z.string(), purpose: z.enum(['invitation', 'reset']) });
export type PasswordLinkView = z.infer<typeof passwordLinkView>;

/** POST /api/password-links/:token: sets the password, ends every other session and signs in. */
export const setPassword = z.strictObject({ password: newPassword });

/** POST /api/set-up: the first institution and its administrator, with the code that the server printed. */
export const setUp = z.strictObject({
  code: z.string().regex(/^[A-Za-z0-9_-]{10,100}$/),
  institutionName: requiredText(120),
  nation: z.enum(['england-and-wales', 'scotland', 'northern-ireland']),
  givenName: requiredText(80),
  familyName: requiredText(80),
  email,
  password: newPassword,
  /** In a small department the administrator often coordinates too. */
  alsoCoordinator: z.boolean(),
});
export type SetUp = z.infer<typeof setUp>;
