
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import gainsly.lib.ids
import gainsly.lib.vocabulary
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('movements', '0001_initial'),
        ('programs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkoutLog',
            fields=[
                ('id', models.UUIDField(default=gainsly.lib.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, db_default=django.db.models.functions.datetime.Now())),
                ('updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now())),
                ('title', models.CharField(blank=True, max_length=120)),
                ('date', models.DateField()),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('completed', models.BooleanField(default=False)),
                ('perceived_difficulty', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('enjoyment', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('feedback_tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('notes', models.TextField(blank=True, max_length=4000)),
                ('visibility', models.CharField(choices=[('private', 'Private'), ('friends', 'Friends'), ('public', 'Public')], default=gainsly.lib.vocabulary.Visibility['PRIVATE'], max_length=8)),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='workouts', to='programs.session')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='workouts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-started_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='SetLog',
            fields=[
                ('id', models.UUIDField(default=gainsly.lib.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, db_default=django.db.models.functions.datetime.Now())),
                ('updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now())),
                ('order', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('warmup', 'Warmup'), ('working', 'Working'), ('drop', 'Drop'), ('failure', 'Failure')], default=gainsly.lib.vocabulary.SetKind['WORKING'], max_length=8)),
                ('asked_load_kg', models.FloatField(blank=True, null=True)),
                ('asked_reps_min', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('asked_reps_max', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('asked_rpe', models.FloatField(blank=True, null=True)),
                ('weight_kg', models.FloatField(blank=True, null=True)),
                ('reps', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('seconds', models.PositiveIntegerField(blank=True, null=True)),
                ('metres', models.FloatField(blank=True, null=True)),
                ('rpe', models.FloatField(blank=True, null=True)),
                ('rir', models.FloatField(blank=True, null=True)),
                ('rest_seconds', models.PositiveIntegerField(blank=True, null=True)),
                ('performed_at', models.DateTimeField()),
                ('bodyweight_kg', models.FloatField(blank=True, null=True)),
                ('e1rm', models.FloatField(blank=True, null=True)),
                ('e1rm_low', models.FloatField(blank=True, null=True)),
                ('e1rm_high', models.FloatField(blank=True, null=True)),
                ('e1rm_formula', models.CharField(blank=True, choices=[('blend', 'Blend'), ('epley', 'Epley'), ('brzycki', 'Brzycki'), ('lombardi', 'Lombardi'), ('oconner', 'Oconner')], max_length=10)),
                ('is_top_set', models.BooleanField(default=False)),
                ('is_pr', models.BooleanField(default=False)),
                ('notes', models.CharField(blank=True, max_length=300)),
                ('movement', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='movements.movement')),
                ('session_exercise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='set_logs', to='programs.sessionexercise')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('workout', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='sets', to='logging_app.workoutlog')),
            ],
            options={
                'ordering': ['order', 'performed_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='PersonalRecord',
            fields=[
                ('id', models.UUIDField(default=gainsly.lib.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, db_default=django.db.models.functions.datetime.Now())),
                ('updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now())),
                ('kind', models.CharField(choices=[('e1rm', 'E1rm'), ('reps_at_weight', 'Reps at weight'), ('volume', 'Volume')], max_length=16)),
                ('value', models.FloatField()),
                ('previous', models.FloatField(blank=True, null=True)),
                ('beyond_noise', models.BooleanField(default=False)),
                ('achieved_at', models.DateTimeField()),
                ('movement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='movements.movement')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='records', to=settings.AUTH_USER_MODEL)),
                ('set_log', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='records', to='logging_app.setlog')),
                ('workout', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='records', to='logging_app.workoutlog')),
            ],
            options={
                'ordering': ['-achieved_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='BiometricEntry',
            fields=[
                ('id', models.UUIDField(default=gainsly.lib.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, db_default=django.db.models.functions.datetime.Now())),
                ('updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now())),
                ('kind', models.SlugField(max_length=30)),
                ('value', models.FloatField()),
                ('unit', models.CharField(max_length=16)),
                ('taken_at', models.DateTimeField()),
                ('source', models.CharField(default='manual', max_length=16)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='biometrics', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'biometric entries',
                'ordering': ['-taken_at', '-id'],
                'indexes': [models.Index(fields=['user', 'kind', '-taken_at'], name='logging_biometric_of_user')],
            },
        ),
        migrations.CreateModel(
            name='RecoverySignal',
            fields=[
                ('id', models.UUIDField(default=gainsly.lib.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, db_default=django.db.models.functions.datetime.Now())),
                ('updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now())),
                ('source', models.CharField(choices=[('manual', 'Manual'), ('garmin', 'Garmin'), ('apple', 'Apple'), ('oura', 'Oura'), ('whoop', 'Whoop'), ('strava', 'Strava'), ('engine', 'Engine')], default=gainsly.lib.vocabulary.RecoverySource['MANUAL'], max_length=8)),
                ('date', models.DateField()),
                ('sleep_hours', models.FloatField(blank=True, null=True)),
                ('sleep_quality', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('sleep_score', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('fatigue', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('stress', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('mood', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('motivation', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('hrv', models.FloatField(blank=True, null=True)),
                ('resting_hr', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('readiness', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_signals', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-date', 'source'],
                'constraints': [models.UniqueConstraint(fields=('user', 'source', 'date'), name='logging_recovery_once_a_day'), models.CheckConstraint(condition=models.Q(('source__in', ['manual', 'garmin', 'apple', 'oura', 'whoop', 'strava', 'engine'])), name='logging_recovery_source_known'), models.CheckConstraint(condition=models.Q(('sleep_hours__gte', 0), ('sleep_hours__lte', 24)), name='logging_recovery_sleep_range'), models.CheckConstraint(condition=models.Q(('sleep_quality__gte', 1), ('sleep_quality__lte', 10)), name='logging_recovery_quality_range'), models.CheckConstraint(condition=models.Q(('sleep_score__gte', 0), ('sleep_score__lte', 100)), name='logging_recovery_sleep_score_range'), models.CheckConstraint(condition=models.Q(('fatigue__gte', 1), ('fatigue__lte', 10)), name='logging_recovery_fatigue_range'), models.CheckConstraint(condition=models.Q(('stress__gte', 1), ('stress__lte', 10)), name='logging_recovery_stress_range'), models.CheckConstraint(condition=models.Q(('mood__gte', 1), ('mood__lte', 10)), name='logging_recovery_mood_range'), models.CheckConstraint(condition=models.Q(('motivation__gte', 1), ('motivation__lte', 10)), name='logging_recovery_motivation_range'), models.CheckConstraint(condition=models.Q(('hrv__gte', 1), ('hrv__lte', 400)), name='logging_recovery_hrv_range'), models.CheckConstraint(condition=models.Q(('resting_hr__gte', 20), ('resting_hr__lte', 200)), name='logging_recovery_hr_range'), models.CheckConstraint(condition=models.Q(('readiness__gte', 0), ('readiness__lte', 100)), name='logging_recovery_readiness_range')],
            },
        ),
        migrations.CreateModel(
            name='SorenessLog',
            fields=[
                ('id', models.UUIDField(default=gainsly.lib.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, db_default=django.db.models.functions.datetime.Now())),
                ('updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now())),
                ('muscle', models.CharField(choices=[('quadriceps', 'Quadriceps'), ('hamstrings', 'Hamstrings'), ('glutes', 'Glutes'), ('calves', 'Calves'), ('chest', 'Chest'), ('lats', 'Lats'), ('upper_back', 'Upper back'), ('rear_delts', 'Rear delts'), ('front_delts', 'Front delts'), ('side_delts', 'Side delts'), ('biceps', 'Biceps'), ('triceps', 'Triceps'), ('forearms', 'Forearms'), ('core', 'Core'), ('obliques', 'Obliques'), ('lower_back', 'Lower back'), ('hip_flexors', 'Hip flexors'), ('adductors', 'Adductors'), ('full_body', 'Full body')], max_length=14)),
                ('level', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='soreness', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['user', '-at'], name='logging_soreness_of_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(('muscle__in', ['quadriceps', 'hamstrings', 'glutes', 'calves', 'chest', 'lats', 'upper_back', 'rear_delts', 'front_delts', 'side_delts', 'biceps', 'triceps', 'forearms', 'core', 'obliques', 'lower_back', 'hip_flexors', 'adductors', 'full_body'])), name='logging_soreness_muscle_known'), models.CheckConstraint(condition=models.Q(('level__gte', 0), ('level__lte', 10)), name='logging_soreness_level_range')],
            },
        ),
        migrations.AddIndex(
            model_name='workoutlog',
            index=models.Index(fields=['user', '-started_at', '-id'], name='logging_workout_of_user'),
        ),
        migrations.AddIndex(
            model_name='workoutlog',
            index=models.Index(fields=['user', 'date'], name='logging_workout_by_date'),
        ),
        migrations.AddConstraint(
            model_name='workoutlog',
            constraint=models.CheckConstraint(condition=models.Q(('perceived_difficulty__gte', 1), ('perceived_difficulty__lte', 10)), name='logging_workout_difficulty_range'),
        ),
        migrations.AddConstraint(
            model_name='workoutlog',
            constraint=models.CheckConstraint(condition=models.Q(('enjoyment__gte', 1), ('enjoyment__lte', 5)), name='logging_workout_enjoyment_range'),
        ),
        migrations.AddConstraint(
            model_name='workoutlog',
            constraint=models.CheckConstraint(condition=models.Q(('started_at__lte', models.F('finished_at'))), name='logging_workout_finishes_after_start'),
        ),
        migrations.AddConstraint(
            model_name='workoutlog',
            constraint=models.CheckConstraint(condition=models.Q(('completed', False), ('finished_at__isnull', False), _connector='OR'), name='logging_workout_completed_is_finished'),
        ),
        migrations.AddConstraint(
            model_name='workoutlog',
            constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['private', 'friends', 'public'])), name='logging_workout_visibility_known'),
        ),
        migrations.AddConstraint(
            model_name='workoutlog',
            constraint=models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True)), fields=('user',), name='logging_workout_one_open'),
        ),
        migrations.AddIndex(
            model_name='setlog',
            index=models.Index(fields=['workout', 'order'], name='logging_set_by_workout'),
        ),
        migrations.AddIndex(
            model_name='setlog',
            index=models.Index(fields=['user', 'movement', '-performed_at'], name='logging_set_of_lift'),
        ),
        migrations.AddIndex(
            model_name='setlog',
            index=models.Index(fields=['user', '-performed_at'], name='logging_set_of_user'),
        ),
        migrations.AddConstraint(
            model_name='setlog',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['warmup', 'working', 'drop', 'failure'])), name='logging_set_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='setlog',
            constraint=models.CheckConstraint(condition=models.Q(('weight_kg__gte', 0), ('weight_kg__lte', 1000)), name='logging_set_weight_range'),
        ),
        migrations.AddConstraint(
            model_name='setlog',
            constraint=models.CheckConstraint(condition=models.Q(('reps__gte', 0), ('reps__lte', 200)), name='logging_set_reps_range'),
        ),
        migrations.AddConstraint(
            model_name='setlog',
            constraint=models.CheckConstraint(condition=models.Q(('seconds__gte', 0), ('seconds__lte', 86400)), name='logging_set_seconds_range'),
        ),
        migrations.AddConstraint(
            model_name='setlog',
            constraint=models.CheckConstraint(condition=models.Q(('metres__gte', 0), ('metres__lte', 500000)), name='logging_set_metres_range'),
        ),
        migrations.AddConstraint(
            model_name='setlog',
            constraint=models.CheckConstraint(condition=models.Q(('rpe__gte', 1), ('rpe__lte', 10)), name='logging_set_rpe_range'),
        ),
        migrations.AddConstraint(
            model_name='setlog',
            constraint=models.CheckConstraint(condition=models.Q(('rir__gte', 0), ('rir__lte', 10)), name='logging_set_rir_range'),
        ),
        migrations.AddConstraint(
            model_name='setlog',
            constraint=models.CheckConstraint(condition=models.Q(('reps__isnull', False), ('seconds__isnull', False), ('metres__isnull', False), _connector='OR'), name='logging_set_has_work'),
        ),
        migrations.AddConstraint(
            model_name='setlog',
            constraint=models.CheckConstraint(condition=models.Q(('e1rm_formula__in', ['', 'blend', 'epley', 'brzycki', 'lombardi', 'oconner'])), name='logging_set_formula_known'),
        ),
        migrations.AddIndex(
            model_name='personalrecord',
            index=models.Index(fields=['user', 'movement', 'kind', '-achieved_at'], name='logging_record_of_lift'),
        ),
        migrations.AddConstraint(
            model_name='personalrecord',
            constraint=models.UniqueConstraint(fields=('set_log', 'kind'), name='logging_record_once'),
        ),
        migrations.AddConstraint(
            model_name='personalrecord',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['e1rm', 'reps_at_weight', 'volume'])), name='logging_record_kind_known'),
        ),
    ]
