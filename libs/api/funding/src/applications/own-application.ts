import { type Actor, Refused, type Tx } from '@waymark/api-platform';
import { Application } from './entities';

/** Whose an application is and of which call, before anything is locked. Anybody else's is not there. */
export const ownApplication = async (tx: Tx, actor: Actor, id: string): Promise<Application> => {
  const [application] = await tx.find(Application, { id });
  if (application?.personId !== actor.personId) throw new Refused('not-found');
  return application;
};

/** Somebody else's application, for a coordinator who decides on it. One's own is refused with `own-application`. */
export const othersApplication = async (tx: Tx, actor: Actor, id: string): Promise<Application> => {
  const [application] = await tx.find(Application, { id });
  if (!application) throw new Refused('not-found');
  if (application.personId === actor.personId) throw new Refused('own-application');
  return application;
};
