import { httpResource } from '@angular/common/http';
import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { publishedProfile } from '@waymark/contracts';
import { Chip, Icon, Message, PageHeader, Skeleton } from '@waymark/ui';
import { Commands } from '../shell/commands';
import { Confirm } from '../shell/confirm';
import { Dates } from '../shell/dates';
import { Deed } from '../shell/deed';
import { kept } from '../shell/kept';
import { Session } from '../shell/session';
import { Trouble } from '../shell/trouble';
import { frameCode } from './frame-code';

/** One's verified awards for the world: published or not, the code to copy, and taking it back. */
@Component({
  selector: 'wm-published-page',
  imports: [Chip, Confirm, Icon, Message, PageHeader, RouterLink, Skeleton, Trouble],
  templateUrl: './published-page.html',
  styles: `
    textarea {
      width: 100%;
      font-family: var(--wm-font-mono);
      font-size: var(--wm-text-sm);
      resize: vertical;
    }
    .award {
      padding: var(--wm-2) 0;
      border-top: 1px solid var(--wm-line);
    }
    .award:first-child {
      border: 0;
    }
    ul {
      list-style: none;
      padding: 0;
    }
    .link {
      display: inline-block;
      padding: 4px 0;
      overflow-wrap: anywhere;
    }
  `,
})
export class PublishedPage {
  private readonly commands = inject(Commands);
  private readonly session = inject(Session);
  protected readonly dates = inject(Dates);

  protected readonly profile = httpResource(() => '/api/published-profile', {
    parse: (raw) => publishedProfile.parse(raw),
  });
  protected readonly shown = kept(this.profile);
  protected readonly ownId = computed(() => this.session.signedIn()?.person.id ?? '');
  protected readonly code = computed(() => {
    const profile = this.shown();
    return profile?.published ? frameCode(profile.published.pageUrl, profile.name) : '';
  });
  protected readonly deed = new Deed();
  protected readonly said = signal('');
  private readonly taking = viewChild(Confirm);
  protected readonly takeBackHeading = $localize`Take your published awards back?`;
  protected readonly takeBackAction = $localize`Take them back`;

  protected async publish(): Promise<void> {
    await this.deed.run(async () => {
      this.profile.set(await this.commands.post('/api/published-profile', {}, publishedProfile));
      this.said.set($localize`Your verified awards are published.`);
    });
  }

  protected ask(): void {
    this.deed.forget();
    this.taking()?.open();
  }

  protected async takeBack(): Promise<void> {
    const done = await this.deed.run(async () => {
      this.profile.set(await this.commands.delete('/api/published-profile', publishedProfile));
    });
    if (!done) return;
    this.taking()?.close();
    this.said.set($localize`Taken back: the address shows nothing any more.`);
  }

  protected async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.said.set($localize`Copied.`);
    } catch {
      this.said.set($localize`Your browser does not let us copy: select the text and copy it yourself.`);
    }
  }
}
