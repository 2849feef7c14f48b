import { Component } from '@angular/core';
import { PageHeader } from '@waymark/ui';

@Component({ selector: 'wm-demonstration-mail-page', imports: [PageHeader], template: `<wm-page-header heading="DemonstrationMailPage" />` })
export class DemonstrationMailPage {}
