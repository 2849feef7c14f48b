import { z } from 'zod';
import { day, instant } from '../platform/fields';
import { awardShown } from './awards';

/** The secret part of a published profile's address. */
export const profileCode = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const profileParams = z.strictObject({ code: profileCode });

/** GET /api/published-profile: one's own, and what it shows or would show. */
export const publishedProfile = z.object({
  published: z
    .object({
      publishedAt: instant,
      /** The page for a frame and the same as data, as addresses to copy. */
      pageUrl: z.string(),
      dataUrl: z.string(),
    })
    .nullable(),
  name: z.string(),
  jobTitle: z.string().nullable(),
  institution: z.string(),
  /** Current verified awards; nothing is shown to the world while there is none. */
  awards: z.array(awardShown),
});
export type PublishedProfileView = z.infer<typeof publishedProfile>;

/** GET /api/public/profiles/:code: for anybody who has the address. */
export const publicProfile = z.object({
  name: z.string(),
  jobTitle: z.string().nullable(),
  institution: z.string(),
  awards: z.array(
    z.object({
      award: z.string(),
      body: z.string(),
      awardedOn: day,
      validTo: day.nullable(),
      /** Null where it was verified before Waymark knew of it. */
      verifiedOn: day.nullable(),
    }),
  ),
});
export type PublicProfile = z.infer<typeof publicProfile>;
