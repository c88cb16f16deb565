// Names of many languages, and the encodings that their files were written in.
const western = ['windows-1252'];
const central = ['iso-8859-2', 'windows-1250'];

/** A language, the encodings of its files that are recognised, and names with letters above ASCII. */
export const languages: readonly (readonly [language: string, encodings: readonly string[], names: string])[] = [
  [
    'French',
    western,
    'Hélène Thérèse François Benoît Chloé Zoé Gaëtan Mickaël Loïc Anaïs Noël Aurélie Jérôme Désirée Inès Agnès Lefèvre Beauséjour Mathéo Côté Bérénice Geneviève Frédérique Cécile Rémi Étienne Éric Hervé Joël Maëlle Mélanie Noémie Raphaël Sébastien Stéphane Valérie Véronique Jérémy Théo Léa Élodie Émile Gérard Gisèle Irène Michèle Solène Eugène Barthélémy Guérin Prévost Séguin Légaré Bélanger Trépanier Gagné Désilets Hébert Bégin Dubé Pâquet Pérès',
  ],
  [
    'German',
    western,
    'Müller Jürgen Groß Schröder Köhler Weiß Böhm Jäger Krämer Schäfer Günther Voß Lüdecke Töpfer Größe Übel Österreich Ähren',
  ],
  [
    'Spanish',
    western,
    'José Núñez Peña Muñoz Ibáñez Martínez García Hernández López Sánchez Ramírez González Íñigo Begoña Iñaki Ángel Óscar Mónica Ordóñez Zúñiga Piñeiro Cañizares Castaño',
  ],
  [
    'Portuguese',
    western,
    'João Conceição Gonçalves Simões Magalhães Guimarães Inês Mônica Antônio Luís Araújo Sebastião Assunção Brandão Falcão Leitão Ângela Patrícia',
  ],
  ['Italian', western, 'Nicolò Niccolò Fabrò Cantù Papà Mosè Noè Dalpasserò Nicolà Desirè'],
  [
    'Swedish',
    western,
    'Åsa Håkan Göran Björn Sjöberg Åkesson Sjöström Lindström Bäckström Öberg Ström Hägg Ståhl Märta Pär Sörensen',
  ],
  [
    'Danish and Norwegian',
    western,
    'Søren Jørgen Bjørn Kåre Ærø Øystein Håkon Kjær Møller Sørensen Jørgensen Næss Tórshavn Åge Bjørnson Mørk Ødegård Bråten Grønn',
  ],
  [
    'Icelandic',
    western,
    'Þór Guðrún Sigurður Jón Björk Ásta Þórdís Guðmundur Halldór Davíð Róbert Eiður Aðalsteinn Ægir Örn',
  ],
  [
    'Polish',
    central,
    'Łukasz Wałęsa Dąbrowska Ćwikła Wiśniewska Żak Kamiński Zieliński Woźniak Kozłowski Jabłoński Wójcik Małgorzata Grażyna Bożena Stanisław Mirosław Rafał Michał Gołąb Nowakówna Śmiały',
  ],
  [
    'Czech',
    central,
    'Dvořák Jiří Růžena Šťastný Beneš Nováček Kučera Černý Procházka Veselý Říha Němec Pokorný Doležal Růžička Sedláček Zdeněk Ondřej Lukáš Matěj Vojtěch Bohouš Vlček',
  ],
  ['Hungarian', central, 'Őry Szűcs Kovács Szabó Tóth Horváth Németh Erdős Győző Gergő László Jenő Sándor Péter Fűzes'],
  ['Romanian', central, 'Ştefan Ţepeş Mădălina Cătălin Râşnov Pîrvu Ionuţ Bogdănescu Ană Mureşan Grigoraş Bălan'],
  ['Croatian', central, 'Đorđe Kovačić Šimić Žarko Babić Marković Čović Ćosić Horvatinčić'],
  ['Turkish', ['windows-1254'], 'Erdoğan Yıldız Şahin Özdemir Çelik Gülşen İbrahim Işık Doğan Ayşe Güneş Kılıç Aydın'],
];

/** Names of languages whose encodings are not recognised, but may be declared. */
export const moreLanguages: readonly (readonly [language: string, encodings: readonly string[], names: string])[] = [
  [
    'Slovak',
    ['windows-1250', 'iso-8859-2', 'cp852'],
    'Ľubomír Ľudmila Ďurica Škoda Žofia Čižmár Kováčová Šťastná Božena Dušan Ňaňová Radoš Mäsiar Kôň Šišková Dŕžka',
  ],
  [
    'Slovene and Croatian',
    ['windows-1250', 'iso-8859-2', 'cp852'],
    'Dušan Božidar Žagar Črnčec Škrjanec Matjaž Anžlovar Zupančič Šuštar Štrukelj Križanić Šešelj Mršić Brčić Smrčak Džanić',
  ],
  [
    'Finnish and Estonian',
    ['windows-1252', 'iso-8859-15', 'windows-1257', 'cp775'],
    'Hämäläinen Mäkinen Väinämö Äijälä Öhman Yrjö Jüri Tõnu Õnne Kõiv Köster Jõgi Ülle Ööpik',
  ],
  [
    'Lithuanian',
    ['windows-1257', 'iso-8859-13', 'cp775'],
    'Žydrūnas Šarūnas Ąžuolas Jūratė Gediminė Kęstutis Čiurlionis Žukauskaitė Dovilė Živilė Šimkus Rasė Įžangis',
  ],
  [
    'Latvian',
    ['windows-1257', 'iso-8859-13', 'cp775'],
    'Jānis Bērziņš Kārlis Ģirts Ķepītis Ļubova Ņina Šķēle Līga Ūdris Ēriks Āboliņš Kalniņš Dzērve Čakste',
  ],
  [
    'Irish',
    ['windows-1252', 'iso-8859-15'],
    'Seán Máire Róisín Pádraig hÉigeartaigh hÓgáin Siobhán Éanna Órla O’Connor',
  ],
  ['Russian', ['windows-1251', 'koi8-r', 'cp866', 'iso-8859-5'], 'Иван Ольга Пётр Смирнова ЩЕРБАКОВ Юлия Хрущёв'],
  ['Greek', ['windows-1253', 'iso-8859-7'], 'Γιώργος Ελένη Παπαδόπουλος Ιωάννης Χρήστος ΆΝΝΑ Σπύρος'],
];
