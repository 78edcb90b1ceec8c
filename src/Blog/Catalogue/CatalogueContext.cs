using Blog.Images;
using Microsoft.EntityFrameworkCore;

namespace Blog.Catalogue;

/// <summary>The catalogue for reading. It is a projection of the content folder: it may be deleted at any time and comes back the same.</summary>
public sealed class CatalogueContext(DbContextOptions<CatalogueContext> options) : DbContext(options)
{
    public DbSet<Article> Articles => Set<Article>();

    public DbSet<ArticleBody> Bodies => Set<ArticleBody>();

    public DbSet<Term> Terms => Set<Term>();

    public DbSet<ArticleTerm> ArticleTerms => Set<ArticleTerm>();

    public DbSet<Count> Counts => Set<Count>();

    public DbSet<KeyWords> KeyWords => Set<KeyWords>();

    public DbSet<Related> Related => Set<Related>();

    public DbSet<Alias> Aliases => Set<Alias>();

    public DbSet<Redirect> Redirects => Set<Redirect>();

    public DbSet<Link> Links => Set<Link>();

    public DbSet<ProblemRow> Problems => Set<ProblemRow>();

    public DbSet<Source> Sources => Set<Source>();

    public DbSet<Picture> Pictures => Set<Picture>();

    public DbSet<Fact> Facts => Set<Fact>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Article>(article =>
        {
            article.HasIndex(row => row.Path).IsUnique();
            article.HasIndex(row => row.Permalink);
            article.HasIndex(row => row.Wanted);
            article.HasIndex(row => row.Kind);
            // Lists in their order, and how long they are, without a look at the rows.
            article.HasIndex(row => new { row.IsListed, row.PublishedAt, row.Title, row.Path, row.IsDraft, row.ExpiresAt }).IsDescending(false, true, false, false, false, false);
            article.HasIndex(row => new { row.Section, row.IsListed, row.PublishedAt, row.Title, row.Path, row.IsDraft, row.ExpiresAt }).IsDescending(false, false, true, false, false, false, false);
            article.HasIndex(row => row.Hash);
            article.HasIndex(row => row.ParentPath);
            article.HasIndex(row => row.SeriesKey);
            article.HasIndex(row => row.Uid);
            // What the clock waits for, and what the desk lists: few rows, found without reading the others.
            article.HasIndex(row => row.PublishedAt);
            article.HasIndex(row => row.ExpiresAt);
            article.HasIndex(row => row.Year);
            // Those few that lost the address that they ask for.
            article.HasIndex(row => row.Slug, "IX_Articles_Displaced").HasFilter("Permalink <> Wanted");
            // Compared as a number, so that SQLite can use an index.
            article.Property(row => row.IsDraft).HasConversion<int>();
            article.Property(row => row.IsListed).HasConversion<int>();
            article.HasIndex(row => row.IsDraft).HasFilter("IsDraft = 1");
            article.HasIndex(row => row.BrokenSince).HasFilter("BrokenSince IS NOT NULL");
            article.Ignore(row => row.Published);
            article.Ignore(row => row.Modified);
        });
        model.Entity<ArticleBody>().HasKey(body => body.ArticleId);
        model.Entity<ArticleBody>().Property(body => body.ArticleId).ValueGeneratedNever();
        model.Entity<Term>().HasKey(term => new { term.Taxonomy, term.Key });
        model.Entity<Term>().HasIndex(term => new { term.Taxonomy, term.Slug });
        model.Entity<ArticleTerm>(term =>
        {
            term.HasKey(row => new { row.ArticleId, row.Taxonomy, row.Key });
            // How it is spelt, and its list in its order.
            term.HasIndex(row => new { row.Taxonomy, row.Key, row.Label, row.ArticleId });
            term.HasIndex(row => new { row.Taxonomy, row.Key, row.IsDraft, row.PublishedAt, row.ExpiresAt, row.ArticleId }).IsDescending(false, false, false, true, false, false);
            term.Property(row => row.IsDraft).HasConversion<int>();
        });
        model.Entity<Count>().HasKey(count => new { count.Counted, count.Key });
        model.Entity<KeyWords>().HasKey(words => words.ArticleId);
        model.Entity<KeyWords>().Property(words => words.ArticleId).ValueGeneratedNever();
        model.Entity<Related>().HasKey(related => related.ArticleId);
        model.Entity<Related>().Property(related => related.ArticleId).ValueGeneratedNever();
        model.Entity<Alias>().HasKey(alias => new { alias.Address, alias.ArticleId });
        model.Entity<Alias>().HasIndex(alias => alias.ArticleId);
        model.Entity<Redirect>().HasKey(redirect => redirect.Address);
        model.Entity<Redirect>().HasIndex(redirect => redirect.Target);
        model.Entity<Redirect>().HasIndex(redirect => redirect.Hash);
        model.Entity<Redirect>().HasIndex(redirect => redirect.Uid);
        model.Entity<Link>().HasIndex(link => link.ArticleId);
        model.Entity<Link>().HasIndex(link => link.Address);
        model.Entity<ProblemRow>().HasIndex(problem => problem.Path);
        model.Entity<ProblemRow>().HasIndex(problem => new { problem.Severity, problem.FoundAt });
        model.Entity<ProblemRow>().HasIndex(problem => problem.Code);
        model.Entity<ProblemRow>().ToTable("Problems");
        model.Entity<Source>().HasKey(source => source.Path);
        model.Entity<Picture>().HasKey(picture => picture.Path);
        model.Entity<Picture>().HasIndex(picture => picture.Hash);
        model.Entity<Fact>().HasKey(fact => fact.Name);
    }
}
