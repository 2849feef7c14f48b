import { Algorithm, hash, verify } from '@node-rs/argon2';

/** argon2id with the parameters that OWASP's password storage cheat sheet names first: 19 MiB, 2 passes, 1 lane. */
const parameters = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, parameters);

/** Made at first need: an unknown address takes as long to refuse as a wrong password. */
let nobody: Promise<string> | undefined;

export const verifyPassword = async (stored: string | null, password: string): Promise<boolean> => {
  if (stored) return verify(stored, password);
  nobody ??= hashPassword('nobody has this password');
  await verify(await nobody, password);
  return false;
};
