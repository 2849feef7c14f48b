import { Injectable, type OnDestroy, computed, signal } from '@angular/core';
import { z } from 'zod';

/** What the windows of one browser tell each other about one application. */
const said = z.object({
  kind: z.enum(['here', 'here-too', 'saved', 'sent', 'gone']),
  tab: z.string(),
  draftVersion: z.number(),
});
export type Said = z.infer<typeof said>;

const tabKey = 'waymark.tab';
/** How long another window has to answer that it is open. */
const answersWithinMs = 150;

/** This window's own name: it outlives a reload, so that what was typed here is found again. */
export const rememberedTab = (): string => {
  try {
    const known = sessionStorage.getItem(tabKey);
    if (known) return known;
    const made = crypto.randomUUID();
    sessionStorage.setItem(tabKey, made);
    return made;
  } catch {
    return crypto.randomUUID();
  }
};

/** Whether the same application is open in another window of this browser, and what happens to it there. */
@Injectable()
export class DraftTabs implements OnDestroy {
  private channel: BroadcastChannel | null = null;
  private readonly alive = signal<ReadonlySet<string>>(new Set());
  private readonly goodbye = () => this.say('gone', 0);
  private own = rememberedTab();
  /** How many other windows have it open. */
  readonly others = computed(() => [...this.alive()].filter((tab) => tab !== this.own).length);
  /** Called with what another window did: saved or sent it. */
  heard: (what: Said) => void = () => undefined;

  get tab(): string {
    return this.own;
  }

  isOpenIn(tab: string): boolean {
    return this.alive().has(tab);
  }

  /** Asks who else has it open; answers once they had time to say so. */
  async open(applicationId: string): Promise<void> {
    this.close();
    if (typeof BroadcastChannel === 'undefined') return;
    this.channel = new BroadcastChannel(`waymark.application.${applicationId}`);
    this.channel.onmessage = ({ data }: MessageEvent<unknown>) => this.listen(data);
    window.addEventListener('pagehide', this.goodbye);
    this.say('here', 0);
    await new Promise((resume) => setTimeout(resume, answersWithinMs));
    if (!this.alive().has(this.own)) return;
    // A window that was duplicated has the name of the first: it takes its own.
    this.own = crypto.randomUUID();
    try {
      sessionStorage.setItem(tabKey, this.own);
    } catch {
      // Without storage the name lasts for this page.
    }
    this.say('here', 0);
  }

  say(kind: Said['kind'], draftVersion: number): void {
    this.channel?.postMessage({ kind, tab: this.own, draftVersion } satisfies Said);
  }

  ngOnDestroy(): void {
    this.close();
  }

  private close(): void {
    if (!this.channel) return;
    this.goodbye();
    window.removeEventListener('pagehide', this.goodbye);
    this.channel.close();
    this.channel = null;
    this.alive.set(new Set());
  }

  private listen(data: unknown): void {
    const parsed = said.safeParse(data);
    if (!parsed.success) return;
    const { kind, tab } = parsed.data;
    if (kind === 'gone') this.alive.update((alive) => new Set([...alive].filter((each) => each !== tab)));
    else this.alive.update((alive) => new Set([...alive, tab]));
    if (kind === 'here') this.say('here-too', 0);
    if (kind === 'saved' || kind === 'sent') this.heard(parsed.data);
  }
}
