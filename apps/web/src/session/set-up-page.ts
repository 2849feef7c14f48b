import { Component } from '@angular/core';
import { PageHeader } from '@waymark/ui';

@Component({ selector: 'wm-set-up-page', imports: [PageHeader], template: `<wm-page-header heading="SetUpPage" />` })
export class SetUpPage {}
