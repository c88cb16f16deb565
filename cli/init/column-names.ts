// How HR systems name their columns, in English, German, French and Spanish, and the names of SAP's info types and of OneRoster. Compared
// without case, accents, spaces and separators; `#` is read as "no".

/** What a column may mean. `private` is kept out of accounts; `action` says what changed about a person (added, updated, deleted). */
export const columnRoles = [
  'id',
  'status',
  'userName',
  'email',
  'givenName',
  'familyName',
  'middleName',
  'displayName',
  'nickName',
  'honorificPrefix',
  'honorificSuffix',
  'title',
  'userType',
  'preferredLanguage',
  'locale',
  'timezone',
  'phone',
  'mobile',
  'fax',
  'street',
  'city',
  'region',
  'postalCode',
  'country',
  'costCenter',
  'organization',
  'division',
  'department',
  'manager',
  'managerMail',
  'hireDate',
  'leaveDate',
  'action',
  'private',
] as const;

export type ColumnRole = (typeof columnRoles)[number];

/** `sure` names mean the role in any company; `perhaps` names are proposed and marked. */
export interface RoleNames {
  readonly sure: readonly string[];
  readonly perhaps: readonly string[];
}

const words = (list: string): readonly string[] => list.split('|').map((word) => word.trim());

/** The vocabulary. A name appears once among the sure ones; a role takes its names in this order. */
export const namesOfRoles: Readonly<Record<ColumnRole, RoleNames>> = {
  id: {
    sure: words(`employee id | employee number | employee no | emp id | emp no | emp number | empl id | eid | personnel number |
      personnel no | pernr | sourced id | staff id | staff number | staff no | worker id | worker number | payroll number |
      payroll id | personalnummer | personal nr | pers nr | mitarbeiternummer |
      mitarbeiter nr | mitarbeiter id | matricule | numero employe | numéro d'employé | identifiant salarie |
      matricule salarie | numero de empleado | id empleado | codigo de empleado | numero empleado`),
    perhaps: words(
      `id | number | nummer | no | nr | numero | person id | external id | legajo | identifiant | user id`,
    ),
  },
  status: {
    sure: words(`status | employment status | employee status | worker status | work status | beschäftigungsstatus |
      mitarbeiterstatus | personalstatus | statut | statut employe | statut salarie | situation | estado del empleado
      | estado empleado | estado laboral | situacion laboral | employee status code | employment status code | emp status |
      empl status | stat2`),
    perhaps:
      words(`active | is active | enabled | is enabled | enabled user | account enabled | employed | currently employed | aktiv |
      actif | activo | state | zustand | etat | estado | situacion | status code | inactive | is inactive | terminated |
      is terminated | leaver | has left | disabled | is disabled | deleted | is deleted | inaktiv | ausgeschieden | inactif |
      inactivo`),
  },
  userName: {
    sure: words(`user principal name | upn | user name | login | login id | user login | logon name | login name | sign in name | benutzername | anmeldename |
      nom d'utilisateur | nom utilisateur | nombre de usuario | usuario`),
    perhaps: words(`account | account name | konto | kennung | compte | cuenta | identifiant de connexion`),
  },
  email: {
    sure: words(`email | email address | work email | business email | company email | mail | primary email | email work |
      primary work email | email primary work | work email primary | work email address | business email address |
      company email address | primary email address | primary work email address |
      e-mail-adresse | mailadresse | dienstliche e-mail | geschäftliche e-mail | e-mail geschäftlich | courriel |
      email id | adresse email | adresse e-mail | email professionnel | courriel professionnel | correo | correo electronico |
      correo corporativo | email corporativo`),
    perhaps: words(`contact email | kontakt e-mail`),
  },
  givenName: {
    sure: words(`first name | given name | forename | legal first name | preferred first name | vorname | rufname | vorna | prenom |
      primer nombre | nombre de pila`),
    perhaps: words(`nombre | first | nombres`),
  },
  familyName: {
    sure: words(`last name | family name | surname | legal last name | nachname | familienname | zuname | nachn | nom de famille |
      nom usuel | apellidos | apellido | primer apellido`),
    perhaps: words(`nom | last | name`),
  },
  middleName: {
    sure: words(`middle name | second name | zweiter vorname | deuxieme prenom | segundo nombre`),
    perhaps: words(`middle | middle initial`),
  },
  displayName: {
    sure: words(`display name | full name | anzeigename | vollständiger name | nom complet | nom affiche | nombre completo |
      nombre para mostrar`),
    perhaps: words(`employee name | mitarbeiter | employee`),
  },
  nickName: { sure: words(`nick name | known as | spitzname | surnom | apodo`), perhaps: [] },
  honorificPrefix: {
    sure: words(`salutation | honorific prefix | name prefix | anrede | civilite | tratamiento`),
    perhaps: words(`prefix | akademischer titel`),
  },
  honorificSuffix: { sure: words(`honorific suffix | name suffix | namenszusatz | sufijo`), perhaps: words(`suffix`) },
  title: {
    sure: words(`job title | position title | business title | stellenbezeichnung | positionsbezeichnung | berufsbezeichnung |
      intitule de poste | intitule du poste | fonction | puesto | puesto de trabajo | cargo | titulo del puesto`),
    perhaps: words(`title | position | job | role | titel | funktion | stelle | poste | emploi | titre | funcion`),
  },
  userType: {
    sure: words(`employee type | employment type | worker type | contract type | beschäftigungsart | vertragsart | mitarbeitertyp
      | type de contrat | tipo de contrato | tipo de empleado`),
    perhaps: words(`type | employee group | mitarbeitergruppe`),
  },
  preferredLanguage: { sure: words(`preferred language | language | sprache | langue | idioma`), perhaps: [] },
  locale: { sure: words(`locale | gebietsschema`), perhaps: [] },
  timezone: { sure: words(`time zone | zeitzone | fuseau horaire | zona horaria`), perhaps: [] },
  phone: {
    sure: words(`phone | phone number | phone no | work phone | business phone | office phone | telephone | telephone number | telefon |
      telefonnummer | telefon geschäftlich | rufnummer | téléphone | téléphone professionnel | telefono |
      telefono trabajo`),
    perhaps: words(`tel | tel. | extension | durchwahl`),
  },
  mobile: {
    sure: words(`mobile | mobile phone | mobile number | mobile no | cell phone | cell | handy | mobiltelefon | mobil | handynummer |
      portable | téléphone portable | movil | telefono movil | celular`),
    perhaps: [],
  },
  fax: { sure: words(`fax | fax number | fax no | telefax | faxnummer | télécopie`), perhaps: [] },
  street: {
    sure: words(
      `street | street address | work street | office address | straße | strasse | straße und hausnummer | rue | calle`,
    ),
    perhaps: words(`address | address line 1 | adresse | anschrift | direccion`),
  },
  city: {
    sure: words(`city | town | work city | stadt | ort | ville | ciudad | localidad`),
    perhaps: words(`location | standort | arbeitsort | site | lieu de travail`),
  },
  region: {
    sure: words(`region | province | bundesland | département région | provincia | comunidad autonoma`),
    perhaps: words(`canton | kanton | county`),
  },
  postalCode: {
    sure: words(`postal code | post code | zip | zip code | plz | postleitzahl | code postal | codigo postal | cp`),
    perhaps: [],
  },
  country: {
    sure: words(`country | country code | work country | land | länderkürzel | pays | code pays | pais`),
    perhaps: [],
  },
  costCenter: {
    sure: words(`cost center | cost centre | cost center code | cost center id | cost center no | kostenstelle | kst | kostl | centre de cout | centre de coûts |
      centro de coste | centro de costos | centro de costes`),
    perhaps: [],
  },
  organization: {
    sure: words(`company | company name | organization | organisation | legal entity | firma | gesellschaft | unternehmen |
      société | entreprise | empresa | sociedad | compañía`),
    perhaps: words(`company code | buchungskreis | mandant | entity`),
  },
  division: {
    sure: words(
      `division | business unit | bereich | geschäftsbereich | direction | unité | división | unidad de negocio`,
    ),
    perhaps: words(`area | sparte | unit`),
  },
  department: {
    sure: words(`department | dept | department name | dept name | abteilung | département | service | departamento`),
    perhaps: words(`team | org unit | organisationseinheit | équipe | sección`),
  },
  manager: {
    sure: words(`manager id | manager employee id | supervisor id | manager number | manager no | manager eid | manager emp id |
      manager employee number | manager worker id | workers manager id | line manager id | line manager number | reports to id |
      reports to employee id | supervisor number | supervisor no | supervisor eid | supervisor emp id | supervisor employee id |
      supervisor employee number | vorgesetzten id | vorgesetztennummer | personalnummer vorgesetzter |
      vorgesetzter personalnummer | vorgesetzter id | id vorgesetzter | matricule manager | matricule responsable |
      matricule du responsable | id responsable | id del responsable | id supervisor | id jefe`),
    perhaps:
      words(`manager | supervisor | line manager | reports to | vorgesetzter | vorgesetzte | führungskraft | responsable |
      supérieur | jefe | workers manager`),
  },
  managerMail: {
    sure: words(`manager email | manager e-mail address | manager work email | manager mail | line manager email | supervisor email |
      supervisor e-mail address | supervisor work email | reports to email | e-mail vorgesetzter | vorgesetzter e-mail |
      email responsable | email du responsable | correo del responsable | correo responsable`),
    perhaps: [],
  },
  hireDate: {
    sure: words(`hire date | start date | date of hire | date hired | latest hire date | last hire date | date joined | employment start date | joining date | entry date |
      original hire date | eintrittsdatum | eintritt | einstellungsdatum | date d'embauche | date embauche |
      date d'entrée | date entree | fecha de contratacion | fecha de ingreso | fecha ingreso | fecha de alta |
      fecha alta`),
    perhaps: words(`valid from | gültig ab | start`),
  },
  leaveDate: {
    sure: words(`leave date | termination date | term date | date terminated | date of termination | separation date | leaving date |
      date left | date of leaving | last day worked | end date | last day | last working day | employment end date | exit date |
      austrittsdatum | austritt | date de sortie | date de départ | date sortie | date depart | fecha de baja |
      fecha baja | fecha de salida`),
    perhaps: words(`valid to | gültig bis | end | contract end date`),
  },
  action: {
    sure: words(`action | action code | action type | operation | change type | change action | record action | record type |
      transaction type | aktion | änderungsart | operacion | accion`),
    perhaps: [],
  },
  private: {
    sure: words(`date of birth | birth date | birthday | geburtsdatum | date de naissance | fecha de nacimiento | gender | sex |
      geschlecht | sexe | genre | sexo | genero | salary | gehalt | salaire | salario | iban | ssn |
      social security number | national id | tax id | steuer id | sozialversicherungsnummer |
      numéro de sécurité sociale | dni | nif | religion | konfession | nationality | nationalität |
      staatsangehörigkeit | nationalité | nacionalidad | marital status | familienstand | situation familiale |
      estado civil | private email | personal email | private e-mail | home email | email personnel | correo personal | home phone
      | private phone | telefon privat | home address | privatadresse`),
    perhaps: [],
  },
};
