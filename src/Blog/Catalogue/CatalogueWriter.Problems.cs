using Blog.Content;

namespace Blog.Catalogue;

/// <summary>Problems and what they are found by: links, terms, aliases.</summary>
internal sealed partial class CatalogueWriter
{
    // When problems that were taken out in this sync had first been found: those that come back are not new.
    private readonly Dictionary<(string, string, string), long> _found = [];

    /// <summary>Marks an article whose cross-file problems are to be found again.</summary>
    public void Touch(long id) => Run("INSERT OR IGNORE INTO Touched (ArticleId) VALUES ($1)", id);

    public void TouchAll() => Run("INSERT OR IGNORE INTO Touched (ArticleId) SELECT Id FROM Articles");

    /// <summary>Marks the articles that link to an address or path, or have it as an alias.</summary>
    public void TouchLinking(string target)
    {
        Run("INSERT OR IGNORE INTO Touched (ArticleId) SELECT ArticleId FROM Links WHERE Address = $1", target);
        Run("INSERT OR IGNORE INTO Touched (ArticleId) SELECT ArticleId FROM Aliases WHERE Address = $1", target);
    }

    /// <summary>Marks the articles that name a term.</summary>
    public void TouchNaming(Taxonomy taxonomy, string key) => Run("INSERT OR IGNORE INTO Touched (ArticleId) SELECT ArticleId FROM ArticleTerms WHERE Taxonomy = $1 AND \"Key\" = $2", (int)taxonomy, key);

    /// <summary>Marks the articles that have a problem of that code.</summary>
    public void TouchWithProblem(string code) => Run("INSERT OR IGNORE INTO Touched (ArticleId) SELECT a.Id FROM Problems p JOIN Articles a ON a.Path = p.Path WHERE p.Code = $1", code);

    public void AddProblem(Problem problem, bool isCrossFile, string? target = null)
    {
        Run("INSERT INTO Problems (Path, Line, \"Column\", Severity, Code, Message, Suggestion, IsCrossFile, Target, FoundAt) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            problem.Path, problem.Line, problem.Column, (int)problem.Severity, problem.Code, problem.Message, problem.Suggestion, isCrossFile, target,
            _found.GetValueOrDefault((problem.Path, problem.Code, problem.Message), _now));
        _totals.Count(problem.Severity, 1);
    }

    /// <summary>Problems that belong to no article or picture: of the folder, settings, data files, templates.</summary>
    public void ClearFolderProblems() => RemoveProblems("Path NOT IN (SELECT Path FROM Sources WHERE Kind IN (1, 2, 3, 9, 10))");

    /// <summary>True when something at the path, or below it, has a problem as a file or folder.</summary>
    public bool HasFolderProblems(string path) => Scalar("""
        SELECT 1 FROM Problems WHERE (Path = $1 OR (Path > $1 || '/' AND Path < $1 || '0')) AND Path NOT IN (SELECT Path FROM Sources) LIMIT 1
        """, path) is not null;

    public void ClearCrossProblemsOfTouched(params string[] codes)
    {
        foreach (var code in codes) RemoveProblems("IsCrossFile = 1 AND Code = $1 AND Path IN (SELECT a.Path FROM Touched t CROSS JOIN Articles a ON a.Id = t.ArticleId)", code);
    }

    public void ClearProblemsOf(string path, string code) => RemoveProblems("Path = $1 AND Code = $2", path, code);

    /// <summary>How many problems of each severity a file has.</summary>
    public (int Errors, int Warnings) ProblemsOf(string path) =>
        ((int)(long)Scalar("SELECT COUNT(*) FROM Problems WHERE Path = $1 AND Severity = 2", path)!, (int)(long)Scalar("SELECT COUNT(*) FROM Problems WHERE Path = $1 AND Severity = 1", path)!);

    /// <summary>How the articles spell their terms: taxonomy, key, spelling, count; of all terms, or of one key.</summary>
    public List<(Taxonomy Taxonomy, string Key, string Label, int Count)> Spellings((Taxonomy Taxonomy, string Key)? only) => only is { } one
        ? Query("SELECT Taxonomy, \"Key\", Label, COUNT(*) FROM ArticleTerms WHERE Taxonomy = $1 AND \"Key\" = $2 GROUP BY Label", Spelling, (int)one.Taxonomy, one.Key)
        : Query("SELECT Taxonomy, \"Key\", Label, COUNT(*) FROM ArticleTerms GROUP BY Taxonomy, \"Key\", Label", Spelling);

    public List<(Taxonomy Taxonomy, string Key)> TermsOf(string path) =>
        Query("SELECT t.Taxonomy, t.\"Key\" FROM ArticleTerms t JOIN Articles a ON a.Id = t.ArticleId WHERE a.Path = $1", row => ((Taxonomy)row.Int(0), row.Text(1)), path);

    public void ClearTerms()
    {
        _keys.AddAll();
        Run("DELETE FROM Terms");
    }

    public void RemoveTerm(Taxonomy taxonomy, string key)
    {
        NoteTerm(taxonomy, key);
        Run("DELETE FROM Terms WHERE Taxonomy = $1 AND \"Key\" = $2", (int)taxonomy, key);
    }

    /// <summary>Writes a term; one that is the same already is left as it is.</summary>
    public void PutTerm(Term term)
    {
        if (Scalar("SELECT 1 FROM Terms WHERE Taxonomy = $1 AND \"Key\" = $2 AND Slug = $3 AND Name = $4 AND Description IS $5 AND Avatar IS $6 AND Role IS $7 AND Links IS $8 AND IsDeclared = $9",
            (int)term.Taxonomy, term.Key, term.Slug, term.Name, term.Description, term.Avatar, term.Role, term.Links, term.IsDeclared) is not null) return;
        NoteTerm(term.Taxonomy, term.Key);
        Run("INSERT OR REPLACE INTO Terms (Taxonomy, \"Key\", Slug, Name, Description, Avatar, Role, Links, IsDeclared) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            (int)term.Taxonomy, term.Key, term.Slug, term.Name, term.Description, term.Avatar, term.Role, term.Links, term.IsDeclared);
    }

    /// <summary>A term's name in its address; null when there is no such term.</summary>
    public string? TermSlug(Taxonomy taxonomy, string key) => (string?)Scalar("SELECT Slug FROM Terms WHERE Taxonomy = $1 AND \"Key\" = $2", (int)taxonomy, key);

    /// <summary>Authors and categories that marked articles name and nothing describes.</summary>
    public List<(string Path, int Line, int Column, Taxonomy Taxonomy, string Label)> UndeclaredTermsOfTouched() => Query("""
        SELECT a.Path, at.Line, at."Column", at.Taxonomy, at.Label FROM Touched t CROSS JOIN Articles a ON a.Id = t.ArticleId CROSS JOIN ArticleTerms at ON at.ArticleId = a.Id
        JOIN Terms term ON term.Taxonomy = at.Taxonomy AND term."Key" = at."Key" WHERE term.IsDeclared = 0 AND at.Taxonomy <> 2 ORDER BY a.Path, at.Line, at."Column"
        """, row => (row.Text(0), row.Int(1), row.Int(2), (Taxonomy)row.Int(3), row.Text(4)));

    /// <summary>Links of marked articles that need a look: all but those to an address that an article has, without an anchor.</summary>
    public List<(string Path, Content.ArticleLink Link)> LinksToCheckOfTouched() => Query("""
        SELECT a.Path, l.Kind, l.Target, l.Fragment, l.Line, l."Column" FROM Touched t CROSS JOIN Links l ON l.ArticleId = t.ArticleId CROSS JOIN Articles a ON a.Id = t.ArticleId
        LEFT JOIN Articles target ON target.Permalink = l.Address AND l.Kind = 1 WHERE target.Id IS NULL OR l.Fragment <> '' ORDER BY a.Path, l.Line, l."Column", l.Id
        """, row => (row.Text(0), new Content.ArticleLink((LinkKind)row.Int(1), row.Text(2), row.Text(3), row.Int(4), row.Int(5))));

    /// <summary>The aliases of marked articles.</summary>
    public List<(string Address, string Path)> AliasesOfTouched() =>
        Query("SELECT al.Address, a.Path FROM Touched t CROSS JOIN Aliases al ON al.ArticleId = t.ArticleId CROSS JOIN Articles a ON a.Id = t.ArticleId ORDER BY a.Path, al.Address", row => (row.Text(0), row.Text(1)));

    /// <summary>True when another article is at the address, or an earlier one has the same alias.</summary>
    public bool IsAliasTaken(string address, string path) => Scalar("""
        SELECT 1 WHERE EXISTS (SELECT 1 FROM Articles WHERE Permalink = $1 AND Path <> $2)
            OR EXISTS (SELECT 1 FROM Aliases al JOIN Articles a ON a.Id = al.ArticleId WHERE al.Address = $1 AND a.Path < $2)
        """, address, path) is not null;

    public string? AnchorsAt(string path) => (string?)Scalar("SELECT b.Anchors FROM Bodies b JOIN Articles a ON a.Id = b.ArticleId WHERE a.Path = $1", path);

    public string? AnchorsAtAddress(string permalink) => (string?)Scalar("SELECT b.Anchors FROM Bodies b JOIN Articles a ON a.Id = b.ArticleId WHERE a.Permalink = $1", permalink);

    public bool HasTerm(Taxonomy taxonomy, string slug) => Scalar("SELECT 1 FROM Terms WHERE Taxonomy = $1 AND Slug = $2", (int)taxonomy, slug) is not null;

    public bool HasYear(int year) => Scalar("SELECT 1 FROM Articles WHERE Year = $1", year) is not null;

    public bool HasAlias(string address) => Scalar("SELECT 1 FROM Aliases WHERE Address = $1", address) is not null;

    private static (Taxonomy, string, string, int) Spelling(CatalogueRow row) => ((Taxonomy)row.Int(0), row.Text(1), row.Text(2), row.Int(3));

    private void RemoveProblems(string which, params object?[] values)
    {
        foreach (var (path, code, message, found, severity) in Query($"DELETE FROM Problems WHERE {which} RETURNING Path, Code, Message, FoundAt, Severity", row => (row.Text(0), row.Text(1), row.Text(2), row.Long(3), (Severity)row.Int(4)), values))
        {
            _found.TryAdd((path, code, message), found);
            _totals.Count(severity, -1);
        }
    }

    private void AddTerms(long articleId, Taxonomy taxonomy, IReadOnlyList<TermReference> terms, ArticleMetadata article)
    {
        for (var i = 0; i < terms.Count; i++)
            Run("INSERT INTO ArticleTerms (ArticleId, Taxonomy, \"Key\", Label, Position, Line, \"Column\", IsDraft, PublishedAt, ExpiresAt) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                articleId, (int)taxonomy, terms[i].Key, terms[i].Label, i, terms[i].Line, terms[i].Column, article.IsDraft, article.PublishedAt?.ToUnixTimeMilliseconds(), article.ExpiresAt?.ToUnixTimeMilliseconds());
    }

    /// <summary>Counts kept up to date by what is written, so that no sync counts the whole catalogue.</summary>
    private sealed class Totals
    {
        public long Articles { get; set; }

        public long Errors { get; private set; }

        public long Warnings { get; private set; }

        public static Totals Parse(string? text) =>
            text?.Split(' ') is [var articles, var errors, var warnings]
                ? new Totals { Articles = long.Parse(articles, Invariant), Errors = long.Parse(errors, Invariant), Warnings = long.Parse(warnings, Invariant) }
                : new Totals();

        public void Count(Severity severity, int by)
        {
            if (severity == Severity.Error) Errors += by;
            else if (severity == Severity.Warning) Warnings += by;
        }

        public override string ToString() => string.Create(Invariant, $"{Articles} {Errors} {Warnings}");

        private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;
    }
}
