using Blog.Commands;
using Blog.Content;
using Blog.Content.Components;
using Blog.Content.FrontMatter;

namespace Blog.Tests.Architecture;

/// <summary>What the product can do is written down: in the README or on the sample site, which is the documentation.</summary>
public sealed class DocumentationTests
{
    private static readonly Lazy<string> Text = new(() => string.Join('\n',
        Directory.GetFiles(Repository.Path("content"), "*.md", SearchOption.AllDirectories).Append(Repository.Path("content", "site.yml")).Append(Repository.Path("README.md")).Select(File.ReadAllText)));

    public static TheoryData<string> Components() => new(ComponentList.BuiltIn.Select(component => component.Name).Except(["Link"]));

    public static TheoryData<string> Keys() => new(FrontMatterKeys.All.Select(key => key.Name));

    public static TheoryData<string> Commands() => new(CommandList.All.Select(command => command.Name));

    public static TheoryData<string> Settings() => new(SiteSettingKeys.All.Select(key => key.Name));

    public static TheoryData<string> Options() => new(typeof(BlogOptions).GetProperties().Select(property => property.Name).Concat(typeof(PurgeOptions).GetProperties().Select(property => $"{nameof(BlogOptions.Purge)}__{property.Name}")));

    [Theory]
    [MemberData(nameof(Components))]
    public void Names_the_component(string name) => Assert.Contains($"<{name}", Text.Value, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Keys))]
    public void Names_the_front_matter_key(string name) => Assert.Contains(name, Text.Value, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Commands))]
    public void Names_the_command(string name) => Assert.Contains($"-- {name}", Text.Value, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Options))]
    public void Names_the_setting(string name) => Assert.Contains($"Blog__{name}", Text.Value, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Settings))]
    public void Names_the_setting_of_the_site(string name) => Assert.Contains(name + ":", Text.Value, StringComparison.Ordinal);
}
