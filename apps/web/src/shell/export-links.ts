import { Component, input } from '@angular/core';
import { Icon } from '@waymark/ui';

/** A list as a file, by the filters that are set: CSV and XLSX. */
@Component({
  selector: 'wm-export-links',
  imports: [Icon],
  template: `
    <a class="btn btn--line btn--sm" [href]="address()" download
      ><wm-icon name="download" /><ng-container i18n>Export</ng-container></a
    >
    <a class="btn btn--text btn--sm" [href]="address() + joined() + 'format=xlsx'" download
      ><ng-container i18n>as XLSX</ng-container></a
    >
  `,
  styles: `
    :host {
      display: flex;
      gap: var(--wm-2);
      margin-left: auto;
      align-self: end;
    }
    @media (max-width: 599px) {
      :host {
        margin-left: 0;
      }
    }
  `,
})
export class ExportLinks {
  /** Where the CSV is, filters included. */
  readonly address = input.required<string>();

  protected joined(): string {
    return this.address().includes('?') ? '&' : '?';
  }
}

/** The address of a file with the filters that are set. */
export const exportAddress = (path: string, filters: Readonly<Record<string, string | undefined>>): string => {
  const set = Object.entries(filters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set).toString()}`;
};
