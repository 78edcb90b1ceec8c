using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace Blog.Content.Search;

/// <summary>The stems of words by language, from Lucene's analysers.</summary>
internal static class Stemmers
{
    private const LuceneVersion Version = LuceneVersion.LUCENE_48;

    // By ISO 639-1. Each is made when a word of its language is first met.
    private static readonly Dictionary<string, Lazy<Analyzer>> Known = new(StringComparer.Ordinal)
    {
        ["ar"] = new(() => new Lucene.Net.Analysis.Ar.ArabicAnalyzer(Version)),
        ["bg"] = new(() => new Lucene.Net.Analysis.Bg.BulgarianAnalyzer(Version)),
        ["ca"] = new(() => new Lucene.Net.Analysis.Ca.CatalanAnalyzer(Version)),
        ["ckb"] = new(() => new Lucene.Net.Analysis.Ckb.SoraniAnalyzer(Version)),
        ["cs"] = new(() => new Lucene.Net.Analysis.Cz.CzechAnalyzer(Version)),
        ["da"] = new(() => new Lucene.Net.Analysis.Da.DanishAnalyzer(Version)),
        ["de"] = new(() => new Lucene.Net.Analysis.De.GermanAnalyzer(Version)),
        ["el"] = new(() => new Lucene.Net.Analysis.El.GreekAnalyzer(Version)),
        ["en"] = new(() => new Lucene.Net.Analysis.En.EnglishAnalyzer(Version)),
        ["es"] = new(() => new Lucene.Net.Analysis.Es.SpanishAnalyzer(Version)),
        ["eu"] = new(() => new Lucene.Net.Analysis.Eu.BasqueAnalyzer(Version)),
        ["fa"] = new(() => new Lucene.Net.Analysis.Fa.PersianAnalyzer(Version)),
        ["fi"] = new(() => new Lucene.Net.Analysis.Fi.FinnishAnalyzer(Version)),
        ["fr"] = new(() => new Lucene.Net.Analysis.Fr.FrenchAnalyzer(Version)),
        ["ga"] = new(() => new Lucene.Net.Analysis.Ga.IrishAnalyzer(Version)),
        ["gl"] = new(() => new Lucene.Net.Analysis.Gl.GalicianAnalyzer(Version)),
        ["hi"] = new(() => new Lucene.Net.Analysis.Hi.HindiAnalyzer(Version)),
        ["hu"] = new(() => new Lucene.Net.Analysis.Hu.HungarianAnalyzer(Version)),
        ["hy"] = new(() => new Lucene.Net.Analysis.Hy.ArmenianAnalyzer(Version)),
        ["id"] = new(() => new Lucene.Net.Analysis.Id.IndonesianAnalyzer(Version)),
        ["it"] = new(() => new Lucene.Net.Analysis.It.ItalianAnalyzer(Version)),
        ["lv"] = new(() => new Lucene.Net.Analysis.Lv.LatvianAnalyzer(Version)),
        ["nb"] = new(() => new Lucene.Net.Analysis.No.NorwegianAnalyzer(Version)),
        ["nl"] = new(() => new Lucene.Net.Analysis.Nl.DutchAnalyzer(Version)),
        ["nn"] = new(() => new Lucene.Net.Analysis.No.NorwegianAnalyzer(Version)),
        ["no"] = new(() => new Lucene.Net.Analysis.No.NorwegianAnalyzer(Version)),
        ["pt"] = new(() => new Lucene.Net.Analysis.Pt.PortugueseAnalyzer(Version)),
        ["ro"] = new(() => new Lucene.Net.Analysis.Ro.RomanianAnalyzer(Version)),
        ["ru"] = new(() => new Lucene.Net.Analysis.Ru.RussianAnalyzer(Version)),
        ["sv"] = new(() => new Lucene.Net.Analysis.Sv.SwedishAnalyzer(Version)),
        ["tr"] = new(() => new Lucene.Net.Analysis.Tr.TurkishAnalyzer(Version)),
    };

    /// <summary>The stem of a word in lower case; null for a stop word, the word itself in a language that there is no stemmer for.</summary>
    public static string? Stem(string word, string language)
    {
        if (!Known.TryGetValue(language, out var analyzer)) return word;
        using var stream = analyzer.Value.GetTokenStream("", word);
        var term = stream.GetAttribute<ICharTermAttribute>();
        stream.Reset();
        string? stem = null;
        // Seldom more than one: where Lucene breaks a word that we don't.
        while (stream.IncrementToken()) stem += term.ToString();
        stream.End();
        return stem;
    }
}
