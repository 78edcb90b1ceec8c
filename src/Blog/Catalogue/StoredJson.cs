using System.Text.Json.Serialization;
using Blog.Content;

namespace Blog.Catalogue;

/// <summary>How what the catalogue keeps as JSON is read and written: found out at the build, as a start has no time for it.</summary>
[JsonSerializable(typeof(SiteState.Stored), TypeInfoPropertyName = "StoredState")]
[JsonSerializable(typeof(List<SiteLink>), TypeInfoPropertyName = "Links")]
[JsonSerializable(typeof(IEnumerable<string>), TypeInfoPropertyName = "Texts")]
internal sealed partial class StoredJson : JsonSerializerContext;
