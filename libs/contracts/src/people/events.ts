import { z } from 'zod';
import { day, id } from '../platform/fields';

/**
 * Topic `person.left`: the person's last day has passed. Each domain ends what it holds of them; handlers are safe to
 * repeat, and do nothing for somebody who is active again.
 */
export const PERSON_LEFT = 'person.left';
export const personLeft = z.object({ personId: id, lastDay: day });
export type PersonLeft = z.infer<typeof personLeft>;

/**
 * Topic `network.left`: an institution left a network, or the last one closed it. Comes once in the institution that left and
 * once in each that stays; nothing may be shared between the two through this network from now on.
 */
export const NETWORK_LEFT = 'network.left';
/** Topic `network.joined`: comes once in each institution that was there before. */
export const NETWORK_JOINED = 'network.joined';
export const networkMemberChanged = z.object({
  networkId: id,
  networkName: z.string(),
  /** Who left or joined. */
  institutionId: id,
  institutionName: z.string(),
});
export type NetworkMemberChanged = z.infer<typeof networkMemberChanged>;
