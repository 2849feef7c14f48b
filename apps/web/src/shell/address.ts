import { Injectable, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';

export type AddressChanges = Readonly<Record<string, string | number | null>>;

/** Filters, sorting, pages and tabs live in the address, so that a view can be left, returned to and sent to others. */
@Injectable({ providedIn: 'root' })
export class Address {
  private readonly router = inject(Router);
  private readonly params = toSignal(this.router.routerState.root.queryParamMap, { requireSync: true });

  /** Undefined where it is not given or blank. */
  text(name: string): string | undefined {
    return this.params().get(name)?.trim() || undefined;
  }

  one<Value extends string>(name: string, allowed: readonly Value[]): Value | undefined {
    return allowed.find((value) => value === this.text(name));
  }

  whole(name: string): number | undefined {
    const typed = this.text(name);
    return typed !== undefined && /^\d{1,6}$/.test(typed) ? Number(typed) : undefined;
  }

  /** Pages count from 1. */
  page(name = 'page'): number {
    return Math.max(1, this.whole(name) ?? 1);
  }

  /** Null or blank takes a value out. Typing replaces the entry in the history; choosing makes a new one. */
  change(changes: AddressChanges, how: 'typing' | 'choosing' = 'choosing'): void {
    const tree = this.router.parseUrl(this.router.url);
    // As text, since the router hands back what it is given: a number would be no text when it is read.
    const kept = Object.entries<unknown>({ ...tree.queryParams, ...changes })
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => [name, Array.isArray(value) ? value : String(value)]);
    tree.queryParams = Object.fromEntries(kept);
    void this.router.navigateByUrl(tree, { replaceUrl: how === 'typing' });
  }
}
