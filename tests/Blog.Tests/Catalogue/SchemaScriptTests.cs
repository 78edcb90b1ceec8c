using Blog.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Blog.Tests.Catalogue;

/// <summary>The script by which a catalogue is made is kept, so that no start has to ask Entity Framework for it. It must stay what Entity Framework says.</summary>
public sealed class SchemaScriptTests
{
    [Fact]
    public async Task The_kept_script_is_what_the_model_asks_for()
    {
        await using var context = new CatalogueContext(new DbContextOptionsBuilder<CatalogueContext>().UseSqlite("Data Source=:memory:").Options);
        var wanted = context.Database.GenerateCreateScript().ReplaceLineEndings("\n");
        using var kept = new StreamReader(typeof(CatalogueContext).Assembly.GetManifestResourceStream("catalogue/schema.sql")!);
        if ((await kept.ReadToEndAsync()).ReplaceLineEndings("\n") == wanted) return;
        var better = Path.Combine(AppContext.BaseDirectory, "schema.sql");
        await File.WriteAllTextAsync(better, wanted);
        Assert.Fail($"The model has changed. Copy {better} to src/Blog/Catalogue/schema.sql.");
    }
}
