using System.Text.Json;
using Blog.Content;

namespace Blog.Catalogue;

/// <summary>Makes the rows of authors, categories and tags from their profiles and from how articles spell them.</summary>
internal sealed class TermWriter(CatalogueWriter writer, ContentRules rules, Permalinks permalinks)
{
    /// <summary>Writes the given terms, or all when null. Returns the addresses of terms that came or went.</summary>
    public IReadOnlyList<string> Write(IReadOnlySet<(Taxonomy Taxonomy, string Key)>? terms)
    {
        if (terms is null)
        {
            writer.ClearTerms();
            var spelt = writer.Spellings(null).GroupBy(row => (row.Taxonomy, row.Key)).ToDictionary(group => group.Key, group => group.ToList());
            foreach (var key in spelt.Keys.Union(rules.Profiles.Keys)) Put(key, spelt.GetValueOrDefault(key, []));
            return [];
        }

        var addresses = new List<string>();
        foreach (var key in terms)
        {
            var before = writer.TermSlug(key.Taxonomy, key.Key);
            var spelt = writer.Spellings(key);
            if (spelt.Count > 0 || rules.Profiles.ContainsKey(key)) Put(key, spelt);
            else writer.RemoveTerm(key.Taxonomy, key.Key);
            var after = writer.TermSlug(key.Taxonomy, key.Key);
            if (before != after) addresses.AddRange(new[] { before, after }.OfType<string>().Select(slug => permalinks.ForTerm(key.Taxonomy, slug)));
        }

        return addresses;
    }

    private void Put((Taxonomy Taxonomy, string Key) key, List<(Taxonomy Taxonomy, string Key, string Label, int Count)> spelt)
    {
        var profile = rules.Profiles.GetValueOrDefault(key);
        var labels = spelt.OrderByDescending(row => row.Count).ThenBy(row => row.Label, StringComparer.Ordinal).Select(row => row.Label).ToList();
        // A spelling that its author chose as an id makes the better address; one with capitals or spaces the better name.
        var slug = profile?.Id ?? labels.FirstOrDefault(label => Slug.From(label) == label) ?? Slug.From(labels[0]);
        var name = profile?.Name ?? labels.FirstOrDefault(label => Slug.From(label) != label) ?? (key.Taxonomy == Taxonomy.Tag ? labels[0] : Slug.Humanise(labels[0]));
        writer.PutTerm(new Term
        {
            Taxonomy = key.Taxonomy,
            Key = key.Key,
            Slug = slug,
            Name = name,
            Description = profile?.Description,
            Avatar = profile?.Avatar,
            Role = profile?.Role,
            Links = profile is { Links.Count: > 0 } ? JsonSerializer.Serialize(profile.Links) : null,
            IsDeclared = profile is not null,
        });
    }
}
