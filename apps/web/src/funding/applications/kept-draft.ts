import { applicationDraft } from '@waymark/contracts';
import { z } from 'zod';

/** What this device keeps of a draft: what was typed, and the version of the server's that it stands on. */
export const keptDraft = z.object({
  base: z.object({ draft: applicationDraft, draftVersion: z.number() }),
  draft: applicationDraft,
  /** What was sent and never answered: see DraftStore. */
  unanswered: z.array(applicationDraft),
  at: z.string(),
});

/** By account, application and window, so that no two overwrite each other. */
export const keptKey = (account: string, applicationId: string, tab: string): string =>
  `application.${account}.${applicationId}.${tab}`;
