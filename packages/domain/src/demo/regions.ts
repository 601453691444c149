/** A name, and how it is written in an address where that is not plain Latin. */
export type DemoName = string | readonly [name: string, latin: string];

/** Where some of the shop's customers live, with the names that are common there. */
export interface DemoRegion {
  readonly locale: string;
  readonly country: string;
  readonly timeZone: string;
  /** Hours ahead of UTC, for waking hours; approximate on purpose. */
  readonly hoursAhead: number;
  /** How many of a thousand customers live here. */
  readonly share: number;
  /** The beginning of a number in a range that is kept free for fiction, and how many digits follow. */
  readonly phone: readonly [prefix: string, digits: number] | null;
  readonly cities: readonly string[];
  readonly first: readonly DemoName[];
  readonly last: readonly DemoName[];
}

const list = (text: string): readonly string[] => text.split(', ');

export const demoRegions: readonly DemoRegion[] = [
  {
    locale: 'en-US',
    country: 'United States',
    timeZone: 'America/New_York',
    hoursAhead: -5,
    share: 240,
    phone: ['+12025550', 3],
    cities: list('New York, Boston, Chicago, Austin, Seattle, Portland, Denver, Philadelphia, Atlanta, Oakland'),
    first: list(
      'Emma, Liam, Olivia, Noah, Ava, Ethan, Sophia, Mason, Mia, Lucas, Harper, Logan, Ella, Caleb, Grace, Wyatt, Zoe, Julian, Naomi, Marcus, Tessa, Andre, Ruth, Malik',
    ),
    last: list(
      'Johnson, Nguyen, Miller, Davis, Garcia, Wilson, Anderson, Thomas, Taylor, Moore, Jackson, Lee, Harris, Clark, Lewis, Robinson, Walker, Young, Ramirez, Carter, Brooks, Reed, Bailey, Foster',
    ),
  },
  {
    locale: 'en-GB',
    country: 'United Kingdom',
    timeZone: 'Europe/London',
    hoursAhead: 0,
    share: 160,
    phone: ['+447700900', 3],
    cities: list('London, Manchester, Bristol, Edinburgh, Leeds, Brighton, Cardiff, Glasgow, Norwich, York'),
    first: list(
      'Amelia, Oliver, Isla, George, Poppy, Arthur, Freya, Alfie, Imogen, Callum, Niamh, Rhys, Priya, Hamish, Beatrix, Tariq, Eleanor, Owen, Harriet, Rupert',
    ),
    last: list(
      'Smith, Jones, Williams, Brown, Evans, Wright, Hughes, Edwards, Patel, Campbell, Stewart, Khan, Murphy, Ashworth, Bennett, Fletcher, MacLeod, Okafor, Pritchard, Whitfield',
    ),
  },
  {
    locale: 'de-DE',
    country: 'Germany',
    timeZone: 'Europe/Berlin',
    hoursAhead: 1,
    share: 170,
    phone: ['+493023125', 3],
    cities: list('Berlin, Hamburg, München, Köln, Leipzig, Frankfurt am Main, Freiburg, Münster, Dresden, Nürnberg'),
    first: list(
      'Anna, Lukas, Lena, Jonas, Marie, Felix, Sophie, Maximilian, Jürgen, Käthe, Björn, Greta, Emre, Friederike, Sören, Paula, Hannes, Ayşe, Matthias, Uta',
    ),
    last: list(
      'Müller, Schmidt, Schneider, Fischer, Weber, Wagner, Becker, Schäfer, Köhler, Groß, Jäger, Yılmaz, Krüger, Vogel, Böhm, Lindner, Sommer, Hartmann, Weiß, Brandt',
    ),
  },
  {
    locale: 'fr-FR',
    country: 'France',
    timeZone: 'Europe/Paris',
    hoursAhead: 1,
    share: 110,
    phone: ['+3319900', 4],
    cities: list('Paris, Lyon, Marseille, Nantes, Bordeaux, Lille, Toulouse, Strasbourg, Montpellier, Rennes'),
    first: list(
      'Camille, Léa, Hugo, Chloé, Théo, Inès, Raphaël, Zoé, Benoît, Anaïs, Étienne, Maëlle, François, Noémie, Loïc, Agnès, Karim, Hélène, Aurélien, Océane',
    ),
    last: list(
      'Martin, Bernard, Dubois, Lefèvre, Moreau, Girard, Lambert, Rousseau, Fournier, Gauthier, Perrin, Benoît, Chevalier, Marchand, Besson, Nguyen, Traoré, Delaunay, Béranger, d’Arcy',
    ),
  },
  {
    locale: 'es-ES',
    country: 'Spain',
    timeZone: 'Europe/Madrid',
    hoursAhead: 1,
    share: 80,
    phone: null,
    cities: list('Madrid, Barcelona, València, Sevilla, Bilbao, Málaga, Zaragoza, A Coruña'),
    first: list(
      'Lucía, Hugo, Martina, Mateo, Sofía, Álvaro, Begoña, Íñigo, Nuria, Joaquín, Rocío, Adrián, Montserrat, Andrés, Inés, Óscar',
    ),
    last: list(
      'García, Fernández, López, Martínez, Sánchez, Pérez, Gómez, Jiménez, Muñoz, Ibáñez, Núñez, Ortega, Peña, Vázquez, Etxeberria, Puig',
    ),
  },
  {
    locale: 'it-IT',
    country: 'Italy',
    timeZone: 'Europe/Rome',
    hoursAhead: 1,
    share: 60,
    phone: null,
    cities: list('Milano, Roma, Torino, Bologna, Firenze, Napoli, Verona, Trieste'),
    first: list(
      'Giulia, Leonardo, Chiara, Francesco, Alessia, Matteo, Elena, Niccolò, Beatrice, Davide, Noemi, Pietro, Silvia, Tommaso',
    ),
    last: list(
      'Rossi, Russo, Ferrari, Esposito, Bianchi, Romano, Colombo, Ricci, Marino, Greco, Conti, De Luca, D’Angelo, Galli',
    ),
  },
  {
    locale: 'sv-SE',
    country: 'Sweden',
    timeZone: 'Europe/Stockholm',
    hoursAhead: 1,
    share: 45,
    phone: null,
    cities: list('Stockholm, Göteborg, Malmö, Uppsala, Örebro, Linköping'),
    first: list('Astrid, Björn, Elsa, Åke, Saga, Nils, Märta, Göran, Ebba, Östen, Linnéa, Anders'),
    last: list(
      'Andersson, Johansson, Karlsson, Nilsson, Lindström, Sjöberg, Åkesson, Öberg, Wallin, Hägglund, Ek, Forsberg',
    ),
  },
  {
    locale: 'pl-PL',
    country: 'Poland',
    timeZone: 'Europe/Warsaw',
    hoursAhead: 1,
    share: 45,
    phone: null,
    cities: list('Warszawa, Kraków, Wrocław, Gdańsk, Poznań, Łódź'),
    first: list(
      'Zofia, Jan, Małgorzata, Paweł, Agnieszka, Łukasz, Katarzyna, Stanisław, Wanda, Michał, Jadwiga, Krzysztof',
    ),
    last: list(
      'Nowak, Kowalska, Wiśniewski, Wójcik, Kamiński, Zieliński, Dąbrowska, Szymański, Woźniak, Król, Żak, Łuczak',
    ),
  },
  {
    locale: 'pt-BR',
    country: 'Brazil',
    timeZone: 'America/Sao_Paulo',
    hoursAhead: -3,
    share: 35,
    phone: null,
    cities: list('São Paulo, Rio de Janeiro, Curitiba, Belo Horizonte, Recife, Florianópolis'),
    first: list('Ana, João, Beatriz, Gonçalo, Larissa, Antônio, Camila, Thiago, Luísa, Caio, Júlia, Renato'),
    last: list(
      'Silva, Santos, Oliveira, Souza, Araújo, Gonçalves, Conceição, Ferreira, Magalhães, Ribeiro, Teixeira, Moraes',
    ),
  },
  {
    locale: 'el-GR',
    country: 'Greece',
    timeZone: 'Europe/Athens',
    hoursAhead: 2,
    share: 25,
    phone: null,
    cities: list('Αθήνα, Θεσσαλονίκη, Πάτρα, Ηράκλειο'),
    first: [
      ['Μαρία', 'maria'],
      ['Γιώργος', 'giorgos'],
      ['Ελένη', 'eleni'],
      ['Νίκος', 'nikos'],
      ['Κατερίνα', 'katerina'],
      ['Ανδρέας', 'andreas'],
    ],
    last: [
      ['Παπαδόπουλος', 'papadopoulos'],
      ['Οικονόμου', 'oikonomou'],
      ['Νικολάου', 'nikolaou'],
      ['Γεωργίου', 'georgiou'],
      ['Δημητρίου', 'dimitriou'],
      ['Αγγέλου', 'angelou'],
    ],
  },
  {
    locale: 'ja-JP',
    country: 'Japan',
    timeZone: 'Asia/Tokyo',
    hoursAhead: 9,
    share: 30,
    phone: null,
    cities: list('東京, 大阪, 京都, 福岡, 札幌'),
    first: [
      ['陽菜', 'hina'],
      ['蓮', 'ren'],
      ['結衣', 'yui'],
      ['大翔', 'hiroto'],
      ['美咲', 'misaki'],
      ['悠真', 'yuma'],
    ],
    last: [
      ['佐藤', 'sato'],
      ['鈴木', 'suzuki'],
      ['高橋', 'takahashi'],
      ['田中', 'tanaka'],
      ['渡辺', 'watanabe'],
      ['山本', 'yamamoto'],
    ],
  },
];

const plain: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', ı: 'i', æ: 'ae', đ: 'd' };

/** A name as it stands in an address: lower-case ASCII letters. */
export function addressPart(name: DemoName): string {
  const latin = typeof name === 'string' ? name : name[1];
  return latin
    .toLowerCase()
    .replace(/[ßøłıæđ]/g, (letter) => plain[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z]/g, '');
}

/** A name as its owner writes it. */
export const shownName = (name: DemoName): string => (typeof name === 'string' ? name : name[0]);
