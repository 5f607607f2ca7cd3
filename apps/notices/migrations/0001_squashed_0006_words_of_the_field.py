import apps.core.fields
import apps.core.tables_at_once
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('notices', '0001_initial'),
        ('notices', '0002_losses'),
        ('notices', '0003_second_person_needed'),
        ('notices', '0004_files_lost_transfers'),
        ('notices', '0005_words_of_a_rejection'),
        ('notices', '0006_words_of_the_field'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_words_of_the_field'),
        ('core', '0001_squashed_0002_sent'),
        ('persons', '0001_squashed_0008_words_of_the_field'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Notice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('reader', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='reader')),
                        ('kind', models.CharField(choices=[('approved', 'Proposal approved'), ('sent_back', 'Proposal rejected'), ('withdrawn', 'Proposal withdrawn'), ('account_asked', 'Second person needed for an account'), ('account_confirmed', 'Change of an account confirmed'), ('account_rejected', 'Change of an account rejected'), ('handed', 'Person handed over'), ('cover_person', 'Person to cover'), ('caseload', 'Several persons handed over'), ('by_ledger', 'Persons handed over by a ledger'), ('handed_back', 'Assignment taken back'), ('taken', 'Person given to somebody else'), ('taken_many', 'Several persons given to somebody else'), ('taken_by_ledger', 'Persons given to somebody else by a ledger'), ('uncovered', 'Person no longer to be covered'), ('moved_away', 'Person of another unit now'), ('transfer_comes', 'Transfer to the unit'), ('transfer_sent', 'Transfer handed over'), ('transfer_cancelled', 'Transfer taken back'), ('release_comes', 'Release into the unit'), ('release_received', 'Person received after release'), ('release_off', 'Release called off'), ('breach_revoked', 'Breach revoked'), ('suspended', 'Order suspended'), ('resumed', 'Order goes on'), ('closed', 'Order closed'), ('entry_withdrawn', 'Entry withdrawn'), ('paper_voided', 'Paper declared void'), ('covering', 'To cover for a colleague'), ('covered', 'Covered by a colleague'), ('cover_changed', 'Cover changed'), ('cover_off', 'Cover called off'), ('cover_begins', 'Cover begins'), ('cover_ended', 'Cover ended'), ('merged', 'Files merged'), ('merge_undone', 'Merge of files undone'), ('lost', 'Person lost contact'), ('transfer_asked', 'Transfer asked for'), ('nobody_present', 'Nobody present')], max_length=20, verbose_name='kind')),
                        ('subject', models.UUIDField(editable=False, verbose_name='about which row')),
                        ('mark', models.CharField(blank=True, default='', max_length=40, verbose_name='which happening')),
                        ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='persons.person', verbose_name='person')),
                        ('by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='whose act')),
                        ('colleague', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                        ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                        ('until_on', models.DateField(blank=True, null=True, verbose_name='until')),
                        ('number', models.PositiveIntegerField(blank=True, null=True, verbose_name='how many')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                        ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='read')),
                    ],
                    options={
                        'verbose_name': 'notice',
                        'verbose_name_plural': 'notices',
                        'indexes': [models.Index(fields=['reader', '-at', '-id'], name='notice_of_reader'), models.Index(condition=models.Q(('read_at', None)), fields=['reader'], name='notice_unread')],
                        'constraints': [models.UniqueConstraint(fields=('reader', 'kind', 'subject', 'mark'), name='notice_rings_once', violation_error_message='Notice of this was given already.'), models.CheckConstraint(condition=models.Q(('kind__in', ['approved', 'sent_back', 'withdrawn', 'account_asked', 'account_confirmed', 'account_rejected', 'handed', 'cover_person', 'caseload', 'by_ledger', 'handed_back', 'taken', 'taken_many', 'taken_by_ledger', 'uncovered', 'moved_away', 'transfer_comes', 'transfer_sent', 'transfer_cancelled', 'release_comes', 'release_received', 'release_off', 'breach_revoked', 'suspended', 'resumed', 'closed', 'entry_withdrawn', 'paper_voided', 'covering', 'covered', 'cover_changed', 'cover_off', 'cover_begins', 'cover_ended', 'merged', 'merge_undone', 'lost', 'transfer_asked', 'nobody_present'])), name='notice_kind_is_known', violation_error_message='The bell does not ring for this.'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('approved', 'sent_back', 'withdrawn', 'handed', 'cover_person', 'handed_back', 'transfer_comes', 'transfer_sent', 'transfer_cancelled', 'breach_revoked', 'suspended', 'resumed', 'closed', 'entry_withdrawn', 'paper_voided', 'taken', 'uncovered', 'moved_away', 'merged', 'merge_undone', 'lost', 'transfer_asked')), _negated=True), ('about__isnull', False), _connector='OR'), name='notice_about_a_person', violation_error_message='This notice is about a person.'), models.CheckConstraint(condition=models.Q(('by', None), models.Q(('by', models.F('reader')), _negated=True), _connector='OR'), name='notice_of_others_acts', violation_error_message='Nobody is notified of an act of their own.'), models.CheckConstraint(condition=models.Q(('read_at', None), ('read_at__gte', models.F('at')), _connector='OR'), name='notice_read_after_it_rang', violation_error_message='It is read after notice was given.')],
                    },
                ),
            ],
        ),
    ]
