export interface DemonstrationAccount {
  readonly role: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Who can sign in, as lines in columns. One password for all is said once. */
export function accountLines(accounts: readonly DemonstrationAccount[]): string[] {
  if (accounts.length === 0) return [];
  const width = (of: (account: DemonstrationAccount) => string) => Math.max(...accounts.map((one) => of(one).length));
  const [role, name, email] = [width((one) => one.role), width((one) => one.name), width((one) => one.email)];
  const passwords = new Set(accounts.map(({ password }) => password));
  const shared = passwords.size === 1;
  return [
    shared ? `Sign in as one of these, with the password ${[...passwords].join('')}` : 'Sign in as one of these',
    ...accounts.map((one) =>
      [
        one.role.padEnd(role),
        one.name.padEnd(name),
        shared ? one.email : one.email.padEnd(email),
        shared ? '' : one.password,
      ]
        .join('  ')
        .trimEnd(),
    ),
  ];
}

export function accountsIn(answer: unknown): DemonstrationAccount[] {
  const accounts = typeof answer === 'object' && answer !== null && 'accounts' in answer ? answer.accounts : [];
  return Array.isArray(accounts) ? accounts.filter(isAccount) : [];
}

function isAccount(value: unknown): value is DemonstrationAccount {
  if (typeof value !== 'object' || value === null) return false;
  const { role, name, email, password } = value as Record<string, unknown>;
  return [role, name, email, password].every((part) => typeof part === 'string');
}
