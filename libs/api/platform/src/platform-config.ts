/** What the platform needs to know of its surroundings; apps/api/src/config.ts reads and checks it once. */
export abstract class PlatformConfig {
  /** Connection of the application role, which owns nothing and passes no policy. */
  abstract readonly databaseUrl: string;
  abstract readonly databaseConnections: number;
  /** Short reads, a pool of their own; few more than the database has processors give the steadiest times. */
  abstract readonly readConnections: number;
  /** As people type it; links in mail start with it and writes must come from it. */
  abstract readonly publicUrl: string;
  abstract readonly demonstration: boolean;
  /** Any SMTP server, as `smtp://user:password@host:587`; null: messages are kept. */
  abstract readonly smtpUrl: string | null;
  abstract readonly mailFrom: string;
  /** Folder for the heads of the audit's chains, outside the database and better still on another disk. */
  abstract readonly auditHeadsDirectory: string;
}
