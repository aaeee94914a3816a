/**
 * The tables of Optuna 5.0.0's storage in SQLite, so that Optuna and its dashboard open a study as one of their own. Source: the
 * tables that `RDBStorage` of that version makes (schema 12, revision v3.2.0.a), columns and constraints as it writes them.
 */

/** The revision of the tables, as Optuna's own migrations name it. */
export const REVISION = 'v3.2.0.a';
export const SCHEMA_VERSION = 12;
/** Whose tables these are. */
export const OPTUNA_VERSION = '5.0.0';

const attributes = (table: string, of: string, parent: string): string => `
CREATE TABLE ${table} (
	${table.replace(/s$/, '')}_id INTEGER NOT NULL,
	${of} INTEGER,
	"key" VARCHAR(512),
	value_json TEXT,
	PRIMARY KEY (${table.replace(/s$/, '')}_id),
	UNIQUE (${of}, "key"),
	FOREIGN KEY(${of}) REFERENCES ${parent} (${of})
);`;

export const TABLES = `
CREATE TABLE studies (
	study_id INTEGER NOT NULL,
	study_name VARCHAR(512) NOT NULL,
	PRIMARY KEY (study_id)
);
CREATE UNIQUE INDEX ix_studies_study_name ON studies (study_name);
CREATE TABLE version_info (
	version_info_id INTEGER NOT NULL,
	schema_version INTEGER,
	library_version VARCHAR(256),
	PRIMARY KEY (version_info_id),
	CHECK (version_info_id=1)
);
CREATE TABLE study_directions (
	study_direction_id INTEGER NOT NULL,
	direction VARCHAR(8) NOT NULL,
	study_id INTEGER NOT NULL,
	objective INTEGER NOT NULL,
	PRIMARY KEY (study_direction_id),
	UNIQUE (study_id, objective),
	FOREIGN KEY(study_id) REFERENCES studies (study_id)
);${attributes('study_user_attributes', 'study_id', 'studies')}${attributes('study_system_attributes', 'study_id', 'studies')}
CREATE TABLE trials (
	trial_id INTEGER NOT NULL,
	number INTEGER,
	study_id INTEGER,
	state VARCHAR(8) NOT NULL,
	datetime_start DATETIME,
	datetime_complete DATETIME,
	PRIMARY KEY (trial_id),
	FOREIGN KEY(study_id) REFERENCES studies (study_id)
);
CREATE INDEX ix_trials_study_id ON trials (study_id);${attributes('trial_user_attributes', 'trial_id', 'trials')}${attributes('trial_system_attributes', 'trial_id', 'trials')}
CREATE TABLE trial_params (
	param_id INTEGER NOT NULL,
	trial_id INTEGER,
	param_name VARCHAR(512),
	param_value FLOAT,
	distribution_json TEXT,
	PRIMARY KEY (param_id),
	UNIQUE (trial_id, param_name),
	FOREIGN KEY(trial_id) REFERENCES trials (trial_id)
);
CREATE TABLE trial_values (
	trial_value_id INTEGER NOT NULL,
	trial_id INTEGER NOT NULL,
	objective INTEGER NOT NULL,
	value FLOAT,
	value_type VARCHAR(7) NOT NULL,
	PRIMARY KEY (trial_value_id),
	UNIQUE (trial_id, objective),
	FOREIGN KEY(trial_id) REFERENCES trials (trial_id)
);
CREATE TABLE trial_intermediate_values (
	trial_intermediate_value_id INTEGER NOT NULL,
	trial_id INTEGER NOT NULL,
	step INTEGER NOT NULL,
	intermediate_value FLOAT,
	intermediate_value_type VARCHAR(7) NOT NULL,
	PRIMARY KEY (trial_intermediate_value_id),
	UNIQUE (trial_id, step),
	FOREIGN KEY(trial_id) REFERENCES trials (trial_id)
);
CREATE TABLE trial_heartbeats (
	trial_heartbeat_id INTEGER NOT NULL,
	trial_id INTEGER NOT NULL,
	heartbeat DATETIME NOT NULL,
	PRIMARY KEY (trial_heartbeat_id),
	UNIQUE (trial_id),
	FOREIGN KEY(trial_id) REFERENCES trials (trial_id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO version_info VALUES (1, ${SCHEMA_VERSION}, '${OPTUNA_VERSION}');
INSERT INTO alembic_version VALUES ('${REVISION}');
`;
