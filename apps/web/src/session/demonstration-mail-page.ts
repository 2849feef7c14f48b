import { httpResource } from '@angular/common/http';
import { Component, DOCUMENT, DestroyRef, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { demonstrationMail } from '@waymark/contracts';
import { Empty, Icon, PageHeader, Skeleton } from '@waymark/ui';
import { Dates } from '../shell/dates';
import { kept } from '../shell/kept';
import { Trouble } from '../shell/trouble';
import { mailPieces } from './mail-text';

const typingPauseMs = 250;

/** Messages kept here because the demonstration sends none: list on one side, the chosen one on the other. */
@Component({
  selector: 'wm-demonstration-mail-page',
  imports: [Empty, Icon, PageHeader, RouterLink, Skeleton, Trouble],
  templateUrl: './demonstration-mail-page.html',
  styleUrl: './demonstration-mail-page.css',
})
export class DemonstrationMailPage {
  private readonly router = inject(Router);
  private readonly document = inject(DOCUMENT);
  protected readonly dates = inject(Dates);
  private typing: ReturnType<typeof setTimeout> | undefined;
  // From the address.
  readonly to = input<string>();
  readonly message = input<string>();

  protected readonly mail = httpResource(
    () => ({
      url: '/api/demonstration/mail',
      params: { ...(this.to() && { to: this.to() }) } as Record<string, string>,
    }),
    { parse: (raw) => demonstrationMail.parse(raw) },
  );
  protected readonly shown = kept(this.mail);
  protected readonly chosen = computed(() => {
    const messages = this.shown()?.messages ?? [];
    return messages.find((one) => one.id === this.message()) ?? null;
  });
  protected readonly pieces = computed(() =>
    mailPieces(this.chosen()?.text ?? '', this.document.location.origin).map((piece) => ({
      text: piece.text,
      link: piece.path === null ? null : this.router.parseUrl(piece.path),
    })),
  );

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.typing));
  }

  protected type(event: Event): void {
    const to = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      void this.router.navigate([], { queryParams: { to: to || null, message: null }, replaceUrl: true });
    }, typingPauseMs);
  }
}
