import { Component, computed, inject, input } from '@angular/core';
import type { DataExportView } from '@waymark/contracts';
import { Chip, Icon, Progress } from '@waymark/ui';
import { Dates } from '../shell/dates';
import { stageWords } from '../shell/stage-words';
import type { StatusWords } from '../shell/status-words';
import { exportStatusWords, sizeWords } from './export-words';

/** Where an export stands: how far it is, or its two files to fetch. `filesAt` is the address that they lie below. */
@Component({
  selector: 'wm-export-card',
  imports: [Chip, Icon, Progress],
  template: `
    @if (view().status === 'collecting') {
      <wm-progress [percent]="view().job?.percent ?? 0" [label]="stage()" />
      <p class="small quiet" i18n>
        It takes a few minutes at most. You can leave this page: a message tells you when it is ready.
      </p>
    } @else {
      <p class="row">
        <wm-chip [tone]="status().tone" [icon]="status().icon">{{ status().text }}</wm-chip>
        <span class="small quiet" i18n>Asked for {{ dates.moment(view().askedAt) }}</span>
      </p>
      @if (view().files.length) {
        <ul class="lines">
          @for (file of files(); track file.format) {
            <li>
              <span
                ><strong>{{ file.title }}</strong
                ><br /><span class="small quiet">{{ file.about }}, {{ file.size }}</span></span
              >
              <a class="btn btn--line" [href]="file.href" download>
                <wm-icon name="download" /><span i18n>Download</span><span class="vh">: {{ file.title }}</span>
              </a>
            </li>
          }
        </ul>
        @if (view().keptUntil; as until) {
          <p class="small quiet" i18n>
            Kept until {{ dates.moment(until) }}, then deleted. You can ask again at any time.
          </p>
        }
      }
    }
  `,
  styles: `
    :host {
      display: block;
    }
    :host > * + * {
      margin-top: var(--wm-3);
    }
    @media (max-width: 599px) {
      .lines > li {
        display: grid;
      }
    }
  `,
})
export class ExportCard {
  readonly view = input.required<DataExportView>();
  readonly filesAt = input.required<string>();
  protected readonly dates = inject(Dates);

  protected readonly stage = computed(() => stageWords[this.view().job?.stage ?? 'waiting']);
  protected readonly status = computed<StatusWords>(() => exportStatusWords[this.view().status]);
  protected readonly files = computed(() =>
    this.view().files.map(({ format, bytes }) => ({
      format,
      title: format === 'xlsx' ? $localize`Workbook to read` : $localize`File for machines`,
      about: format === 'xlsx' ? $localize`XLSX, a sheet for each kind` : $localize`JSON, the same content`,
      size: sizeWords(bytes),
      href: `${this.filesAt()}/${this.view().id}/${format}`,
    })),
  );
}
