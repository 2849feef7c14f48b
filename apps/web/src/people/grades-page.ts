import { Component } from '@angular/core';
import { PageHeader } from '@waymark/ui';

@Component({ selector: 'wm-grades-page', imports: [PageHeader], template: `<wm-page-header heading="GradesPage" />` })
export class GradesPage {}
