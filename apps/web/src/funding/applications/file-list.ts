import { Component, input, output } from '@angular/core';
import type { FileView } from '@waymark/contracts';
import { Icon } from '@waymark/ui';
import { sizeWords } from '../../shell/files/file-words';

/** Files by name, each to be opened; where they may be taken out, with a button for it. */
@Component({
  selector: 'wm-file-list',
  imports: [Icon],
  template: `
    <ul class="lines">
      @for (file of files(); track file.id) {
        <li>
          <span class="name">
            <wm-icon name="document" />
            <a [href]="base() + '/' + file.id" download>{{ file.name }}</a>
            <span class="quiet small num">{{ size(file.sizeBytes) }}</span>
          </span>
          @if (removable()) {
            <button type="button" class="icn" [attr.aria-label]="removeLabel(file)" (click)="removed.emit(file)">
              <wm-icon name="trash" />
            </button>
          }
        </li>
      }
    </ul>
  `,
  styles: `
    .name {
      display: flex;
      flex-wrap: wrap;
      gap: 2px var(--wm-2);
      align-items: center;
      min-width: 0;
      overflow-wrap: anywhere;
    }
  `,
})
export class FileList {
  readonly files = input.required<readonly FileView[]>();
  /** Where each is to be had, behind its id. */
  readonly base = input.required<string>();
  readonly removable = input(false);
  readonly removed = output<FileView>();
  protected readonly size = sizeWords;

  protected removeLabel({ name }: FileView): string {
    return $localize`Take out ${name}:name:`;
  }
}
